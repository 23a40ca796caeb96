import type { INodeProperties } from 'n8n-workflow';
import { generate } from './generate.operation';
import { get } from './get.operation';
import { modify } from './modify.operation';
import type { Operation } from './operation';
import { parse } from './parse.operation';

/** The verbs, by the value that a workflow keeps for them. */
export const operations = { generate, modify, get, parse } satisfies Record<string, Operation>;

/** What the parameter Operation can be. */
export type OperationName = keyof typeof operations;

/** The panel: the verb, then the fields of each. */
export const operationFields: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: Object.values(operations).map(({ option }) => option),
		default: 'generate',
	},
	...Object.values(operations).flatMap(({ fields }) => fields),
];
