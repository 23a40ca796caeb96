import { updateDisplayOptions, type INodeProperties } from 'n8n-workflow';
import { generate } from './generate.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { modify } from './modify.operation';
import type { Operation } from './operation';
import { parse } from './parse.operation';

/** The verbs, by the value that a workflow keeps for them. */
export const operations = { generate, modify, get, getMany, parse } satisfies Record<
	string,
	Operation
>;

/** What the parameter Operation can be. */
export type OperationName = keyof typeof operations;

const all = Object.entries<Operation>(operations);

const withModel = all.filter(([, { costs }]) => costs).map(([value]) => value);

/** The line under the node's name: what it does, and the model that does it. */
export const subtitle = `={{ ${all.reduceRight(
	(others, [value, { option }]) =>
		`$parameter["operation"] === "${value}" ? "${option.name}" : ${others}`,
	'""',
)} }}{{ ${JSON.stringify(withModel)}.includes($parameter["operation"]) ? ": " + ($parameter["model"].value || $parameter["model"]) : "" }}`;

/** The panel: the verb, then the fields of each. */
export const operationFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: all.map(([value, { option }]) => ({ ...option, value })),
		default: 'generate',
	},
	...all.flatMap(([value, { fields }]) =>
		updateDisplayOptions({ show: { operation: [value] } }, fields),
	),
];
