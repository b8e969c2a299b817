// One run of autocannon; standard input: its options as JSON. Prints of its result what is reported, with percentiles
// of all response times in milliseconds: its own histogram knows no p95 and rounds to whole milliseconds.
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

const options = JSON.parse(readFileSync(0, 'utf8'));
const times = [];

const { requests, errors, timeouts, non2xx, duration } = await new Promise((resolve, reject) => {
  const instance = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
  instance.on('response', (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
});

times.sort((a, b) => a - b);
const percentile = (share) => times[Math.max(0, Math.ceil(share * times.length) - 1)] ?? null;
const percentiles = { p50: percentile(0.5), p95: percentile(0.95), p99: percentile(0.99) };
console.log(JSON.stringify({ requests, percentiles, errors, timeouts, non2xx, duration }));
