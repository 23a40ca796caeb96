import { summaryOf } from './summary';

const task = 'task_01k9h3v8w2m4n6p8r0t2x4z6bd';
const uuid = '5b0f7a52-6c1d-4e8f-9a3b-2c4d6e8f0a1b';

describe('a task is named', () => {
	it.each([
		['as submitted', `任务已提交: ${task}`, task],
		['as submitted, in backticks', `任务已提交：\`${task}\``, task],
		['as created', `任务 \`${task}\` 已创建`, task],
		['as created, in English', `Video task created: ${task}`, task],
		['as queued', `Your task (${task}) has been queued.`, task],
		['as a job', `Job ${uuid} accepted`, uuid],
		['in Traditional Chinese', `任務已建立：${task}`, task],
		['in Japanese', `タスク ${task} を作成しました`, task],
		['in a link', `Track it at https://relay.example/v1/tasks/${task}`, task],
		['in the query of a link', `https://relay.example/query?task_id=${task}`, task],
		[
			'in a history',
			'历史记录ID: 4721098765432（您可以使用此ID在官网搜索您的视频）',
			'4721098765432',
		],
		[
			'by its object',
			'> VideoTask(id=8868902201637896192, image_url=None, prompt=一只猫)',
			'8868902201637896192',
		],
		['by its object, in quotes', "Task(task_id='cgt-20251222-7kq2m')", 'cgt-20251222-7kq2m'],
		[
			'by the mark of a pipe',
			'[openrouter:v1:videojob:vgj-9c1d3f5a7b2e4680]: #',
			'vgj-9c1d3f5a7b2e4680',
		],
		['alone on its line', 'cgt-20251222052001-7kq2m', 'cgt-20251222052001-7kq2m'],
		['alone, as a UUID', uuid, uuid],
		[
			'by its medium',
			`<video src='https://cdn.example/a?x=1' data-media-id='${uuid}'></video>`,
			uuid,
		],
		['by its form, whatever is said of it', `Submitted as ${task}`, task],
		['by its form, in parentheses', `(${task})`, task],
		[
			'by the form of a video',
			'video_68e0a1b2c3d4e5f6a7b8c9d0 is on its way',
			'video_68e0a1b2c3d4e5f6a7b8c9d0',
		],
		['as JSON', `{"task_id":"${uuid}"}`, uuid],
		['in the query of a link to it', `https://relay.example/task?id=${uuid}`, uuid],
		['as a prediction', `Prediction ID: ${uuid}`, uuid],
		['with an equals sign', `task_id=${task}`, task],
	])('%s', async (_, text, taskId) => {
		expect(await summaryOf(`${text}\n> 生成中.`)).toMatchObject({ taskId });
	});

	it.each([
		['an elapsed time', '12s elapsed'],
		['a number alone', '20251222052001'],
		['a date', '2025-12-22 05:20:01'],
		['the name of a file', 'saved as video_68e0a1b2c3d4e5f6a7b8c9d0.mp4'],
		['a limit, which is another’s', `Limit reached: ${task} is still running`],
		['a word', 'task-force members are here'],
	])('not by %s', async (_, text) => {
		expect(await summaryOf(`${text}\n> 生成中.`)).not.toHaveProperty('taskId');
	});
});

it.each([
	['as a post', 'Video published successfully. Post ID: s_6948a1c2d3e481918f7b2a6c5d4e3f21'],
	['as a share', 'Share ID: `s_6948a1c2d3e481918f7b2a6c5d4e3f21`'],
	['in Chinese', '作品ID：s_6948a1c2d3e481918f7b2a6c5d4e3f21'],
])('the sid is named %s', async (_, text) => {
	expect(await summaryOf(text)).toMatchObject({ sid: 's_6948a1c2d3e481918f7b2a6c5d4e3f21' });
});
