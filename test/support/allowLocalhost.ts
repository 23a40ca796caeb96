/**
 * Imported before the engine: where private addresses are blocked, `localhost` is allowed by its
 * name, as an administrator would allow a host of the own network. `127.0.0.1` stays blocked.
 */
process.env.N8N_SSRF_ALLOWED_HOSTNAMES = 'localhost';
