"""What tables and columns (`*.column`: of that name anywhere else) mean, in the words that go out.

A column in four languages is named by its stem. Units stand in brackets at the end.
"""

from __future__ import annotations

import re

from warehouse.catalog import LANGUAGES

_TEXT = """
source: Publications that figures and statements are read from.
economy: Economies and special areas of trade statistics; WLD is the world.
membership: Since when, and until when, an economy has a role in a group.
group_partner: Which partners a definition of the group counts in a period.
scope: What a figure can be about, besides an economy.
node: Places at which a route begins, ends, or changes its carrier.
leg: Ways between two nodes.
route_leg: Routes as their legs, in order.
indicator: What is measured, in which unit, and which way is good.
product: Sections and chapters of the Harmonized System, under short names.
trade_flow: What a reporter says it traded with a partner; every edition of every source is kept.
chapter_flow: Flows by chapter, added up from bulk data, of OTS economies with one another and with the world; WLD as reporter is all reporters of the data together.
observation: Every other figure, a number or a range; every edition of every source is kept.
two_sided: What exporter and importer say of one flow, how far apart they are, and one estimate.
reliability: How near a reporter's figures come to those of its partners.
projection: What a series would come to if it went on as before, by three methods; no figure and no promise.
backtest: How far each method was off when only earlier years were known to it.
attainment: How probable it is that the figure of one year meets a target, by the chosen method.
vintage: Since when an edition of a source is known.
snapshot: Files and answers of publishers that figures were read from, as they were stored.
preference: Which of several sources speaks for a subject, and why.
issue: Known errors of sources.
target: What was promised, planned or hoped for an indicator.
claim: Numbers that were said about an indicator, with the words.
event: Dated notes.
headline: The cards of the summary page, in order.
rejection: What was refused of the documents, with what to do about it.
build: The build that this is.
build_input: The files from which the build was made.
build_check: The checks that the build passed.
build_change: What readers see otherwise than in the build before, 200 changes at most.
*.source_id: The source of this row.
*.place: Where in the source the row stands.
*.note: A remark on the row.
*.vintage: The edition of the source; texts of one source sort by age.
*.known_since: The day since which this could be known, ISO 8601.
*.scope: What the figure is about: an economy's code, two joined by a hyphen, or a scope's id.
*.period: ISO 8601 year, month, day or span; ../2023-05 has no known beginning.
*.base_period: The period with which the figure is compared.
*.indicator_id: What is measured.
*.value: The number, where it is not a range. [unit of the indicator]
*.low: The lower end of a range. [unit of the indicator]
*.high: The upper end of a range. [unit of the indicator]
*.status: final, preliminary, estimate, derived (computed here), or stated (said, not measured).
*.snapshot_id: The stored document that the row was read from; empty for our own tables.
*.newest_until: The day on which a newer edition of the source took over; empty while there is none.
*.preferred_until: The day on which the row ceased to be the preferred figure; empty while it is.
*.is_newest: Whether this is the newest edition of its source.
*.is_preferred: Whether this figure speaks, of all sources.
*.economy_code: The economy, ISO 3166-1 alpha-3 or a code of the user-assigned range X.
*.partner_code: The partner economy; WLD is the total over partners.
*.language: The language of the original, ISO 639-1.
*.unit: The unit of the numbers in this row.
*.words: The words as they were said or written, in their language.
*.stated_on: The day on which it was said, ISO 8601.
*.stated_by: Who said it
*.until: The last day or period, empty while it lasts or for a single day.
*.name: Name
*.title: Title
*.id: What the row is known by.
*.reporter_code: The economy that reports, ISO 3166-1 alpha-3.
*.product_code: TOTAL, or 2, 4 or 6 digits of the Harmonized System.
*.flow_code: export, import, re-export or re-import, as the reporter sees it.
*.classification: The edition of the Harmonized System, H0 to H6, or HS where it is not stated.
*.value_usd: The value of the flow at current prices. [USD]
*.valuation: FOB, CIF, or not stated by the source.
*.basis: preferred for each side's preferred source, else the one source of both sides.
*.method: damped_trend, drift or log_linear.
*.sha256: SHA-256 of the content, in hexadecimal digits.
source.title: Title, in the language of the source.
source.url: Where it is published.
source.publisher: Publisher
source.published: When it was published.
source.licence: The terms of use as the source states them.
source.kind: statistics, survey, statement, press, document or geodata.
source.cadence: How often it appears.
economy.code: ISO 3166-1 alpha-3; ISO 3166-3 for former economies; a code of the range X for special areas.
economy.alpha2: ISO 3166-1 alpha-2.
economy.m49: UN M49 numbers, several parted by semicolons.
economy.aliases: Spellings that sources print, parted by semicolons.
membership.group_code: The group, OTS for the Organization of Turkic States.
membership.role: member or observer.
membership.since: The day or year since which it holds the role.
group_partner.scope: The definition of the group.
scope.kind: definition, route, volume, comparison or region.
node.kind: What the place is: a seaport, a border crossing, a change of gauge.
node.latitude: North is positive, WGS 84. [degrees]
node.longitude: East is positive, WGS 84. [degrees]
node.precision: What the position is of.
leg.from_node: Where the leg begins.
leg.to_node: Where the leg ends.
leg.mode: rail, sea or road.
leg.length_km: The length as its source states it. [km]
leg.length_source_id: Who states the length.
leg.great_circle_km: The shortest way over the globe. [km]
route_leg.route: The route, a scope's id.
route_leg.sequence: The place of the leg in the route, from 1.
route_leg.leg_id: The leg.
indicator.topic: trade, transit, digital or another file of the catalogue.
indicator.unit: The unit in which figures of the indicator are kept.
indicator.frequency: How often there is a figure.
indicator.direction: Which way is good, up or down.
indicator.formula: How it follows from other indicators; empty if it is measured.
indicator.short: Short title
indicator.definition: Definition
indicator.method: Note on the method
product.code: A section in Roman numerals, I to XXI, or the two digits of a chapter.
product.level: section or chapter.
product.parent: The section of a chapter; empty for a section, and for 99, which has none.
chapter_flow.reporters: How many reporters were added up; 1 but for the world. [reporters]
chapter_flow.records: How many records of the bulk data were added up. [records]
two_sided.exporter_code: The economy that exports, ISO 3166-1 alpha-3.
two_sided.importer_code: The economy that imports, ISO 3166-1 alpha-3.
two_sided.exporter_source_id: The source of the exporter's figure; empty if it reports none.
two_sided.importer_source_id: The source of the importer's figure; empty if it reports none.
two_sided.exporter_vintage: The edition of the exporter's figure.
two_sided.importer_vintage: The edition of the importer's figure.
two_sided.exporter_value_usd: What the exporter reports, in its own valuation. [USD]
two_sided.importer_value_usd: What the importer reports, in its own valuation. [USD]
two_sided.exporter_valuation: FOB, CIF or not stated.
two_sided.importer_valuation: FOB, CIF or not stated.
two_sided.gap_usd: The importer's figure less the exporter's, as reported. [USD]
two_sided.ratio: The importer's figure as a multiple of the exporter's, as reported.
two_sided.gap_index: The gap as a share of both figures together, from 0 to 1.
two_sided.low_usd: The smaller of the two figures, both made FOB. [USD]
two_sided.high_usd: The greater of the two figures, both made FOB. [USD]
two_sided.reconciled_usd: The estimate, FOB; it stands in place of no reported figure. [USD]
two_sided.exporter_weight: The exporter's share in the estimate, from 0 to 1.
two_sided.method: weighted, equal weights, exporter only, importer only; or editions differ, and no estimate.
two_sided.assumed: The valuation taken for granted, by side, where a source states none.
reliability.product_level: Which products were analysed together: TOTAL, HS2, HS4 or HS6.
reliability.role: exporter or importer.
reliability.figures: Mirror figures that the reporter was judged by. [figures]
reliability.partners: Partners with whom it could be compared. [partners]
reliability.distance: The expected logarithm of the ratio of the two sides, with an average partner.
reliability.reliability: e to the power of minus the distance; 1 is perfect agreement.
projection.value: The middle of what is to be expected: as probably more as less. [unit of the indicator]
projection.low_80: The lower end of the range that should hold the figure in 80 of 100 cases. [unit of the indicator]
projection.high_80: The upper end of the range that should hold the figure in 80 of 100 cases. [unit of the indicator]
projection.low_95: The lower end of the range that should hold the figure in 95 of 100 cases. [unit of the indicator]
projection.high_95: The upper end of the range that should hold the figure in 95 of 100 cases. [unit of the indicator]
projection.is_chosen: Whether this method had the least error of the three when tested on earlier years.
projection.first_period: The first year of the figures that it goes by.
projection.origin: The last year of the figures that it goes by.
projection.origin_status: The status of the figure of that year: final, preliminary, estimate or derived.
projection.source_changes: Years since which another source speaks, parted by semicolons; empty if it is one source.
backtest.horizon: How many years ahead was looked. [years]
backtest.folds: From how many past years it was tried. [forecasts]
backtest.error: The mean of the absolute errors, each as a share of the figure that came.
backtest.error_no_change: The same for the last known figure, taken for all years ahead: what a method must better.
backtest.within_80: The share of the figures that came which lay in the range of 80 %.
backtest.within_95: The share of the figures that came which lay in the range of 95 %.
attainment.target_id: The target.
attainment.probability: The probability that the figure of this very year is the target's or better, from 0 to 1.
snapshot.id: The first digits of the SHA-256 of the document and what was told with it.
snapshot.source_id: Whose document it is.
snapshot.kind: How the document is read, as in etl add --as.
snapshot.name: The name of the file, or the address of the answer.
snapshot.retrieved_at: When it was fetched or added, ISO 8601 in UTC.
snapshot.published: When its publisher issued it, where that is known.
snapshot.size_bytes: The size of the document. [bytes]
snapshot.headers: The headers of the answer that matter, as JSON.
snapshot.rows: Figures read from it. [rows]
snapshot.rejections: Faults found in it. [faults]
snapshot.passed_over: What was left out on purpose.
preference.subject: A reporter, an indicator, or any.
preference.first_period: The first period for which the source is preferred.
preference.last_period: The last one; empty if there is none.
preference.reason: Why
issue.subject: The flow or the indicator.
issue.kind: What sort of error it is.
issue.expected: The number that was to be expected.
issue.what: What is wrong
target.value: The number aimed at, where it is not a range. [unit of the row]
target.low: The lower end of the range aimed at. [unit of the row]
target.high: The upper end of the range aimed at. [unit of the row]
target.due: By when; empty if no date was given.
target.kind: target, plan, hope, estimate or projection.
target.restates: The target that this one repeats.
claim.kind: level for an amount, ratio for how many times the base.
claim.value: The number said, where it is not a range. [unit of the row]
claim.low: The lower end of the range said. [unit of the row]
claim.high: The upper end of the range said. [unit of the row]
claim.text: What was said
event.date: The day, or the first of several, ISO 8601.
event.topic: Which charts show it.
headline.position: The place of the card, from 1.
headline.target_id: The target shown on the card.
rejection.number: The place of the fault among those of its document, from 1.
rejection.source_id: Whose document it is.
rejection.file: The document.
rejection.row: The row as a spreadsheet counts; 1 stands for the whole document.
rejection.field: The column.
rejection.value: What stood there.
rejection.reason: What is wrong with it.
rejection.remedy: What to do.
build.id: A digest of the inputs and the code.
build.built_at: When it was made, ISO 8601 in UTC.
build.code_version: A digest of the code that made it.
build_input.path: The file, inside the data folder.
build_check.name: The check.
build_check.outcome: What it said.
build_change.position: The order, headline figures first.
build_change.kind: compared (the first row, with the build before), revised, added or removed.
build_change.subject: observation (a preferred figure), target, claim, or build.
build_change.item: The indicator, target or claim, or the build before.
build_change.scope: What the figure is about; empty for a build.
build_change.period: The period of the figure or claim, the due date of the target, or when the build before was made.
build_change.low_before: The number, or the lower end of the range, before. [unit of the item]
build_change.high_before: The number, or the upper end of the range, before. [unit of the item]
build_change.low_after: The number, or the lower end of the range, now. [unit of the item]
build_change.high_after: The number, or the upper end of the range, now. [unit of the item]
"""

LINES: dict[str, str] = dict(line.split(": ", 1) for line in _TEXT.split("\n") if line)
"""By table or column, what it means and its unit in brackets."""

_NAMES = {"kk": "Kazakh", "ru": "Russian", "tr": "Turkish", "en": "English"}
_TRANSLATED = re.compile(f"(.+)_({'|'.join(LANGUAGES)})$")


def of_table(table: str) -> str:
    """What the rows of a table are; empty if nobody has said so."""
    return LINES.get(table, "")


def of_column(table: str, column: str) -> tuple[str, str]:
    """What a column means, and its unit; either is empty if there is none."""
    line = LINES.get(line_of(table, column), "")
    if line and (match := _TRANSLATED.fullmatch(column)):
        return f"{line}, in {_NAMES[match[2]]}.", ""
    return line.removesuffix("]").partition(" [")[::2]


def line_of(table: str, column: str) -> str:
    """Name the line that describes a column: its own, or that of its name in any table."""
    stem = _TRANSLATED.sub(r"\1", column)
    return own if (own := f"{table}.{stem}") in LINES else f"*.{stem}"
