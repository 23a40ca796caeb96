import type { INode } from 'n8n-workflow';

/** Whether a node is an agent's tool: n8n offers every `usableAsTool` node a second time, named so. */
export const isTool = ({ type }: Pick<INode, 'type'>): boolean => type.endsWith('Tool');
