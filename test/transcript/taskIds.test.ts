import { emptyDelta, type Delta } from '../../nodes/ChatVideo/chat/deltas';
import { transcribe } from '../../nodes/ChatVideo/transcript/transcribe';
import { asBatches, lastDelta } from './deltas';

const read = async (...deltas: Array<Partial<Delta>>) => {
	const all = [...deltas.map((delta) => ({ ...emptyDelta, ...delta })), lastDelta];
	return (await transcribe(asBatches(all))).transcript;
};

it.each<[name: string, deltas: Array<Partial<Delta>>, taskId: string, taskIds: string[]]>([
	['one in the text', [{ content: '> ID: `task_1`\n' }], 'task_1', ['task_1']],
	['one outside the text', [{ taskIds: ['task_1'] }], 'task_1', ['task_1']],
	[
		'the second of a relay that tries again',
		[{ content: '> ID: `task_1`\n' }, { content: '> ID: `task_2`\n' }],
		'task_2',
		['task_1', 'task_2'],
	],
	[
		'the one in the text, which says more',
		[{ taskIds: ['task_1'] }, { content: '> ID: `task_2`\n' }, { taskIds: ['task_3'] }],
		'task_2',
		['task_1', 'task_2', 'task_3'],
	],
	[
		'the next that is named outside the text, where the relay tries again',
		[
			{ content: '> ID: `task_01k0dead01`\n> 生成失败，正在重试\n' },
			{ taskIds: ['task_01k0dead01', 'task_01k0live02'] },
		],
		'task_01k0live02',
		['task_01k0dead01', 'task_01k0live02'],
	],
	[
		'one that is named again and again',
		[{ taskIds: ['task_1'] }, { content: '> ID: `task_1`\n' }, { taskIds: ['task_1'] }],
		'task_1',
		['task_1'],
	],
	[
		'the last that a link to its data names, as the line with its id may be lost',
		[
			{
				content:
					'> ID: `task_01k0dead01`\n> 生成失败，正在重试\n> [原始数据](https://relay.example/source/task_01k0live02)\n',
			},
		],
		'task_01k0live02',
		['task_01k0dead01', 'task_01k0live02'],
	],
	[
		'the one that was named, where a page goes by another id',
		[
			{
				content:
					'> ID: `task_01k0live02`\n> [数据预览](https://relay.example/web/task_01k0page03)\n',
			},
		],
		'task_01k0live02',
		['task_01k0live02'],
	],
	[
		'the one that failed, where a page says no other',
		[
			{
				content:
					'> ID: `task_01k0dead01`\n> 生成失败，正在重试\n> [数据预览](https://relay.example/web/videos)\n',
			},
		],
		'task_01k0dead01',
		['task_01k0dead01'],
	],
])('the task is %s, and all are kept', async (_, deltas, taskId, taskIds) => {
	expect(await read(...deltas)).toMatchObject({ taskId, taskIds });
});

it('links outside the text are kept, and are no result', async () => {
	const urls = ['https://a/b.mp4', 'https://a/c.mp4'];
	const transcript = await read({ looseUrls: urls }, { looseUrls: urls });
	expect(transcript).toMatchObject({ looseUrls: urls, videos: [] });
});

it('a task that is tried again under its id was submitted once', async () => {
	const content =
		'> ID: `task_01k0dead01`\n> 生成失败，正在重试\n> [原始数据](https://relay.example/source/task_01k0dead01)\n';
	const { stages } = await read({ content });
	expect(stages.map(({ stage }) => stage)).toEqual(['submitted', 'generating']);
});
