/** Where nothing of the path is known, the address is wrong and not the model. */
export const wrongPath =
	/^\W{0,40}(?:404\W{1,40})?(?:page |path |url |route |file |resource |endpoint |invalid url)?(?:not found)?\W{0,40}$|page not found|(?:deployment|application)(?: could)?[ _]not[ _](?:be )?found|cannot (?:get|post)|no (?:such )?route|invalid url|路径/i;

/** What to do where the words say more than the status. */
export const advices: ReadonlyArray<readonly [number, RegExp, string]> = [
	[400, /HTTP request.{0,20} HTTPS (?:port|server)/i, 'Begin the base URL with https:// instead.'],
	[404, /./, 'Check the model, and the base URL: the service does not know one of them.'],
	[
		403,
		/cloudflare|just a moment|attention required|error code: 1\d\d\d|access denied|blocked/i,
		'A guard before the service does not let this n8n in: ask who runs the service, or use another address.',
	],
];
