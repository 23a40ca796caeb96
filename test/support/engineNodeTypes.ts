import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import {
	type ICredentialType,
	type INodeType,
	type INodeTypes,
	type IVersionedNodeType,
	NodeConnectionTypes,
	NodeHelpers,
	UserError,
} from 'n8n-workflow';
import { builtPackage } from './builtPackage';
import { builtInNodes } from './engineBuiltIns';

/** The node and credential types an engine knows, each under the name a workflow calls it by. */
export class EngineNodeTypes implements INodeTypes {
	constructor(
		private readonly nodes: Record<string, INodeType | IVersionedNodeType>,
		readonly credentials: Record<string, ICredentialType>,
	) {}

	getByName(type: string): INodeType | IVersionedNodeType {
		const node = this.nodes[type];
		if (!node) throw new UserError(`The engine has no node "${type}".`);
		return node;
	}

	getByNameAndVersion(type: string, version?: number): INodeType {
		return NodeHelpers.getVersionedNodeType(this.getByName(type), version);
	}

	getKnownTypes() {
		return {};
	}
}

/**
 * Loads packages the way n8n loads a community package: the manifest in package.json names the built
 * files, n8n-core's loader reads them. Own types come on top and win.
 */
export async function loadNodeTypes(
	packages: string[],
	own: { nodes?: Record<string, INodeType>; credentialTypes?: Record<string, ICredentialType> },
): Promise<EngineNodeTypes> {
	const nodes: Record<string, INodeType | IVersionedNodeType> = { ...builtInNodes };
	const credentials: Record<string, ICredentialType> = {};
	for (const folder of packages) {
		const loader = new PackageDirectoryLoader(folder);
		assertBuilt(folder, loader.packageJson.n8n?.nodes ?? []);
		await loader.loadAll();
		for (const [name, { type }] of Object.entries(loader.nodeTypes)) {
			nodes[`${loader.packageName}.${name}`] = type;
			nodes[`${loader.packageName}.${name}Tool`] = asTool(NodeHelpers.getVersionedNodeType(type));
		}
		for (const [name, { type }] of Object.entries(loader.credentialTypes)) credentials[name] = type;
	}
	return new EngineNodeTypes(
		{ ...nodes, ...own.nodes },
		{ ...credentials, ...own.credentialTypes },
	);
}

/** A node as n8n offers it to agents: the same under another name, with one output for tools. */
function asTool(type: INodeType): INodeType {
	const { description } = type;
	const outputs = [NodeConnectionTypes.AiTool];
	const offered = { ...description, name: `${description.name}Tool`, inputs: [], outputs };
	return Object.create(type, { description: { value: offered, enumerable: true } }) as INodeType;
}

/** The package this file belongs to; it may run from test/support or bundled from build/. */
export function projectRoot(folder = __dirname): string {
	const manifest = join(folder, 'package.json');
	if (existsSync(manifest) && 'n8n' in JSON.parse(readFileSync(manifest, 'utf8'))) return folder;
	return projectRoot(dirname(folder));
}

/** The built package that tests run. */
export const packageRoot = (): string => join(projectRoot(), builtPackage.folder);

function assertBuilt(folder: string, files: string[]): void {
	const missing = files.find((file) => !existsSync(join(folder, file)));
	if (missing)
		throw new UserError(`${missing} is not there: run "npm run ${builtPackage.build}" first.`);
}
