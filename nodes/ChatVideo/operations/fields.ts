import type { INodeProperties } from 'n8n-workflow';
import { imagesField } from './images';
import { optionsField, turnOptions } from './options';
import { outputFields } from './outputFields';

export const modelField: INodeProperties = {
	displayName: 'Model',
	name: 'model',
	type: 'resourceLocator',
	default: { mode: 'list', value: 'sora-2' },
	description: 'The model that makes the video; any the service offers',
	builderHint: { propertyHint: 'Free text: use the model the user names, else sora-2' },
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			placeholder: 'Select a model…',
			typeOptions: { searchListMethod: 'searchModels', searchable: true },
		},
		{ displayName: 'ID', name: 'id', type: 'string', placeholder: 'e.g. sora-2-pro' },
	],
};

/** What the video should be, or how it should change. */
export const promptField = (placeholder: string, description: string): INodeProperties => ({
	displayName: 'Prompt',
	name: 'prompt',
	type: 'string',
	required: true,
	typeOptions: { rows: 4 },
	default: '',
	placeholder,
	description,
});

/** What must be known before it costs something. */
const costNotice: INodeProperties = {
	displayName: 'Your service charges for each video, and often for one that fails',
	name: 'notice',
	type: 'notice',
	default: '',
};

/** What an operation shows that posts: its own fields among those of every turn. */
export const turnFields = (prompt: INodeProperties, own: INodeProperties[]): INodeProperties[] => [
	modelField,
	prompt,
	imagesField,
	...own,
	...outputFields({ downloadVideo: true }),
	costNotice,
	optionsField(turnOptions),
];
