// Starts Dash, once everything before it in the same file has been read.
new DashRenderer();
