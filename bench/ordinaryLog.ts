/** The tests' engine logs everything, and finds out for each line where it came from. */
process.env.N8N_LOG_LEVEL = 'info';

export {};
