import { summaryOf } from './summary';

const site = 'https://studio.example/ai-tool/video/generate';
const link = 'https://cdn.example/v/9f8e7d6c5b4a';

describe('"done" that is no statement', () => {
	it.each([
		['under a condition', '如果视频已生成，您可以直接在官网下载或分享'],
		['in a list, under a condition', '3. 如果视频已生成，您可以直接在官网下载'],
		['under another condition', '若影片已生成，請至官網下載'],
		['once it is so', '一旦视频生成完成，系统会通知您'],
		['when it is so', '当视频生成完成时，您会收到邮件'],
		['after it', '视频生成完成后，链接会显示在下方'],
		['after it, in Traditional Chinese', '影片生成完成後，連結會顯示在下方'],
		['whether it is so', '请到官网查看视频是否已生成完成'],
		['until it is so', '请耐心等待，直到视频生成完成'],
		['what is wished for', '希望视频生成完成'],
		['what is denied', '您的视频尚未生成完成'],
		['what is asked', '视频生成完成了吗？'],
		['what will be', '视频即将生成完成'],
		['what is quoted', '您会看到“视频生成完成”的提示'],
		['what is explained', '“生成完成”表示视频可以下载'],
		['a rate', '视频生成成功率约为 95%'],
		['if', 'If the video has been generated, you can download it at our site'],
		['if, in the middle', 'You can download it there if the video has been generated'],
		['once', 'Once the generation is complete, a link will appear here'],
		['when', "You'll get an email when your video is ready"],
		['after', 'After generation is complete, open the site'],
		['until', 'Please wait until generation is complete'],
		['not', 'The video is not finished: it has not been generation complete yet'],
		['may be', 'It may be that generation is complete'],
		['will be', 'Soon your video will be generated. The video is ready? Not yet'],
		['a question', 'Generation complete? Check the site'],
		['what it means', 'Generation complete means that you can download it'],
		['Japanese', 'もし動画の生成が完了したら、サイトで確認してください'],
	])('%s', async (_, line) => {
		const summary = await summaryOf(`> 生成中.\n\n${line}\n访问 ${link}`);
		expect(summary.stages).toEqual(['generating']);
		expect(summary.status).toBe('unfinished');
	});

	it.each([
		['a percent', '视频已生成35%', [35]],
		['a percent with words', '视频已生成 35 %', [35]],
		['a percent in Traditional Chinese', '影片已生成35%', [35]],
		['a percent in brackets', '视频已生成（35%）', [35]],
		['all of it', '视频已生成100%', [100]],
		['a larger one to come', '视频生成完成，开始 4K 放大处理...（可能需要 30 分钟）', []],
		['a longer one to come', '视频生成完成，开始延长处理...', []],
		['a better one to come', '视频生成完成！正在进行高清放大', []],
		['English', 'Video generation complete, now upscaling to 4K', []],
		['other English', 'Generation complete. Starting upscale', []],
		['Traditional Chinese', '影片生成完成，開始放大處理', []],
	])('of a step, with %s', async (_, line, percents) => {
		const summary = await summaryOf(`> 排队中.\n\n${line}`);
		expect(summary.stages).not.toContain('completed');
		expect(summary.percents).toEqual(percents);
	});
});

describe('"done" that is one', () => {
	it.each([
		['after the name of a model', '> text2video: generation complete ✅'],
		['alone', '✅ 视频生成完成！'],
		['after an apology', '抱歉久等，视频生成完成'],
		['after a request', '请稍候... 视频生成完成'],
		['in a sentence of its own', 'If you like it, tell us. Generation complete ✅'],
		['after a question', '还在等吗？视频已生成！'],
		['Traditional Chinese', '🎉 影片生成完成'],
		['Japanese', '動画の生成が完了しました'],
		['English', 'Your video is ready'],
	])('%s', async (_, line) => {
		const summary = await summaryOf(`> 生成中.\n\n${line}\n\n${link}`);
		expect(summary).toMatchObject({ status: 'completed', videoUrl: link });
		expect(summary.stages).toContain('completed');
	});
});

describe('"failed" that is no statement', () => {
	it.each([
		['under a condition', '如果生成失败，请重试'],
		['under a condition, at its end', '若遇到：生成失败，请联系客服'],
		['in terms of use', '生成失败不退还积分'],
		['in terms, in Traditional Chinese', '若生成失敗，將退還點數'],
		['a rate', '生成失败率低于 1%'],
		['an attribute', '生成失败的任务会自动退款'],
		['in the middle of a wish', '一个写着 生成失败 的牌子'],
		['what is quoted', '牌子上写着“生成失败”'],
		['what is explained', '生成失败：表示任务没有完成'],
		['what is denied', '没有 生成失败'],
		['a warning of what may be', '⚠️ 如果下载失败，请刷新页面'],
		['what is not to be done', '❌ 不要上传真人照片'],
		['not to be done, in English', "❌ Don't upload photos of real people"],
		['if', 'If generation failed, try again'],
		['a term', 'Credits are returned when video generation failed.'],
		['in a sign', 'A sign that reads: Generation failed'],
		['what is named', 'Generation failed videos are not charged'],
		['a joke', 'Task failed successfully'],
		['what it means', 'Generation failed means that nothing was made'],
		['a question', 'Generation failed? Contact us'],
		['a policy', 'Content policy violations lead to a ban'],
		['a policy, in words', 'A content policy violation is reported'],
	])('%s', async (_, line) => {
		const summary = await summaryOf(`> 生成中.\n\n${line}`);
		expect(summary).toMatchObject({ status: 'unfinished', stages: ['generating'] });
	});
});

describe('what failed', () => {
	it.each([
		['verb first', '生成视频失败: socket hang up', 'socket hang up'],
		['verb first, in Traditional Chinese', '產生影片失敗：連線中斷', '連線中斷'],
		['glued to dots', '排队中....生成失败: overloaded', 'overloaded'],
		['glued to dots, alone', '排队中....生成失败', 'no reason was given'],
		[
			'in the process',
			'⚠️ 视频生成过程中遇到问题: 生成失败: 2038',
			'视频生成过程中遇到问题: 生成失败: 2038',
		],
		['in the process, otherwise', '视频生成过程中出现错误：2043', '2043'],
		[
			'a result that did not come',
			'⚠️ 视频生成过程中遇到问题: 获取视频生成结果超时',
			'视频生成过程中遇到问题: 获取视频生成结果超时',
		],
		['a warning', '⚠️ 图片 1 下载失败', '图片 1 下载失败'],
		['a warning of a video', '⚠️ 视频 1 下载失败', '视频 1 下载失败'],
		['a policy', '⚠️ 违反政策', '违反政策'],
		['a limit', '⚠️ 使用次数已达上限', '使用次数已达上限'],
		['a limit without a sign', '今日使用次数已达上限', '今日使用次数已达上限'],
		['points', '积分不足', '积分不足'],
		['points, in Traditional Chinese', '點數不足，請先儲值', '點數不足，請先儲值'],
		['too late', '⏱️ 任务超时（10分钟），请重试。', '任务超时（10分钟），请重试。'],
		['too late, in words', '视频生成超时，请稍后再试', '视频生成超时，请稍后再试'],
		['too late, in Traditional Chinese', '影片生成逾時，請稍後再試', '影片生成逾時，請稍後再試'],
		[
			'too late, in English',
			'Video generation timed out after 600s',
			'Video generation timed out after 600s',
		],
		['a request', '任务提交失败: 500', '500'],
		[
			'in a heading',
			"### Video generation failed\n\nOpenRouter reported video job status 'failed'.",
			"OpenRouter reported video job status 'failed'.",
		],
		['moderated', 'Content moderated', 'Content moderated'],
		[
			'moderated, otherwise',
			'Your prompt was blocked by our safety system',
			'Your prompt was blocked by our safety system',
		],
		[
			'by a code',
			'错误: 视频生成失败: PUBLIC_ERROR_UNSAFE_GENERATION，请重试',
			'视频生成失败: PUBLIC_ERROR_UNSAFE_GENERATION，请重试',
		],
		['by a code alone', 'PUBLIC_ERROR_MINOR_UPLOAD', 'PUBLIC_ERROR_MINOR_UPLOAD'],
		[
			'as JSON',
			'{"error":{"code":"OutputVideoSensitiveContentDetected","message":"The output may contain sensitive information."}}',
			'OutputVideoSensitiveContentDetected: The output may contain sensitive information.',
		],
		['as JSON with words alone', '{"error":"no credits"}', 'no credits'],
		['after an apology', '抱歉，视频生成失败：overloaded', 'overloaded'],
		['unfortunately', 'Unfortunately, the video generation failed: overloaded', 'overloaded'],
		['because', 'Video generation failed because of a policy', 'because of a policy'],
		['Japanese', '動画の生成に失敗しました：混雑', '混雑'],
		['credits', 'Insufficient credits', 'Insufficient credits'],
		['a limit in English', 'Daily limit reached', 'Daily limit reached'],
	])('says why: %s', async (_, line, reason) => {
		expect(await summaryOf(`> 生成中.\n\n${line}`)).toMatchObject({ status: 'failed', reason });
	});
});

it('a legend of words states none of them', async () => {
	const summary = await summaryOf('排队中 → 生成中 → 生成完成 / 生成失败');
	expect(summary.stages).not.toContain('completed');
	expect(summary.status).toBe('unfinished');
});

describe('progress in words of making', () => {
	it.each([
		['is being made', '视频正在生成 35%', [35]],
		['is being made, glued', '视频正在生成35%', [35]],
		['an equals sign', '[round=1/1] progress=35%', [35]],
		['its own word', '生成进度: 35%', [35]],
		['a full-width percent', '生成进度：35％', [35]],
		['an extension', '延长进度: 40%\n拼接进度: 90%', [40, 90]],
		['English', 'Generating video: 35% complete', [35]],
		['Traditional Chinese', '影片生成進度 35%', [35]],
		['Japanese', '進捗: 35%', [35]],
		['within a thought', '<think>视频已生成2%\n视频已生成31%</think>', [2, 31]],
	])('%s', async (_, lines, percents) => {
		expect((await summaryOf(lines)).percents).toEqual(percents);
	});
});

describe('a file after words that say it is there', () => {
	const file = 'https://cdn.example/v/abc123.mp4';
	const source = 'https://mine.example/v/mine01.mp4';
	it.each([
		['an arrow after a word', `Ready → ${file}`],
		['an arrow after a colon', `Video: → ${file}`],
		['an arrow alone', `→ ${file}`],
		['an arrow of two letters', `Video ready -> ${file}`],
		['a hand', `Video ready 👉 ${file}`],
		['the time it took', `Done in 92 s — ${file}`],
		['the time it took, in brackets', `Finished (1:32) ${file}`],
		['the time it took, in Chinese', `✅ 生成完成，耗时92秒 ${file}`],
		['nothing between', `✅ Done ${file}`],
		['a bar', `Finished in 3 min | ${file}`],
		['brackets', `Completed (${file})`],
		['where it is', `Saved to ${file}`],
		['where to see it', `You can watch it at ${file}`],
		['a number of several', `[1/1] ${file}`],
		['what it was before', `${source} → ${file}`],
		['what it was before, as a label', `Before: ${source} | After: ${file}`],
		['a head that says so', `| Before | After |\n|---|---|\n| ${source} | ${file} |`],
		['a head that says so, turned', `| After | Before |\n|---|---|\n| ${file} | ${source} |`],
	])('is the video: %s', async (_, lines) => {
		expect((await summaryOf(lines)).videoUrls).toEqual([file]);
	});

	it.each([
		['not done', `Not ready, see ${file}`],
		['not done, in Chinese', `尚未完成 ${file}`],
		['when it will be', `When ready → ${file}`],
		['what is done to another', `Upload complete → ${file}`],
		['what the user gave', `Your source → ${file}`],
		['what the user gave, saved', `Reference video saved to ${file}`],
		['a lesson', `Tutorial → ${file}`],
		['a manual', `Documentation available at ${file}`],
		['an example', `Example done: ${file}`],
		['a head of another', `| Before | Tutorial |\n|---|---|\n| ${source} | ${file} |`],
	])('is none after others: %s', async (_, lines) => {
		expect(await summaryOf(lines)).not.toHaveProperty('videoUrl');
	});
});

describe('a link to a site', () => {
	it.each([
		['below a notice', `请前往官网查看您的视频：\n1. 访问 ${site}\n2. 登录后查看`],
		['at the end', `视频生成可能仍在进行中。\n\n请前往官网查看您的视频：${site}`],
		['below "done"', `✅ 视频生成完成\n\n帮助：https://relay.example/help`],
		['labelled as progress', `✅ 视频生成完成\n\n[查看进度](https://relay.example/p/abc123)`],
		[
			'labelled in English',
			`Generation complete ✅\n\n[View status](https://relay.example/p/abc123)`,
		],
		[
			'that is a page by its path',
			`Generation complete ✅\n\n[View](https://relay.example/progress/abc123)`,
		],
		['that is the site alone', `Generation complete ✅\n\nhttps://relay.example/`],
		['in a sentence', `See ${link} for help`],
		['alone below a refusal', `Sorry, I cannot make videos.\n\n${link}`],
	])('is no video: %s', async (_, lines) => {
		const summary = await summaryOf(lines);
		expect(summary).not.toHaveProperty('videoUrl');
	});
});
