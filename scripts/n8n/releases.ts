/** What a version of n8n needs to be installed, measured. */
export interface Release {
	n8n: string;
	/** Node's major version that its native modules are built for, and one exact version of it. */
	node: { major: number; version: string };
	overrides?: Record<string, string>;
	/** Environment that only this version understands. */
	settings?: Record<string, string>;
}

export const releases: readonly [Release, ...Release[]] = [
	{
		n8n: '2.41.1',
		node: { major: 24, version: '24.21.0' },
		// They look things up on the internet.
		settings: { N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,agents' },
	},
	// The newest that runs on Node 20; its own xlsx is a file on a host of its own.
	{ n8n: '2.8.4', node: { major: 20, version: '20.20.2' }, overrides: { xlsx: '0.18.5' } },
	{
		// The last of version 1.
		n8n: '1.123.81',
		node: { major: 20, version: '20.20.2' },
		overrides: { xlsx: '0.18.5' },
		// The other engine's native module comes built for newer versions of Node only.
		settings: { N8N_EXPRESSION_ENGINE: 'legacy' },
	},
];
