import fc from 'fast-check';
import { toDelta } from '../transcript/deltas';
import { anySizes, cut } from '../transcript/pieces';

/** Pieces of what relays print; in any order they are what no relay prints. */
const pieces = [
	...[
		'\n',
		'\n\n',
		'\r\n',
		' ',
		'> ',
		'>',
		'- ',
		'**',
		'`',
		'```',
		'```json\n',
		'"',
		'“',
		'”',
		'「',
	],
	...[
		'{',
		'}',
		'{"prompt":"',
		'"sid":"s_1"',
		'","duration":',
		'[',
		']',
		'](',
		')',
		'![',
		'(',
		'<',
		'/>',
	],
	...[
		'https://a.example/',
		'https://a.example/web/task_1',
		'http://b/source/',
		'b.mp4',
		'.gif',
		'?e=1&s=%2F',
	],
	...[
		'在线播放▶️',
		'下载',
		'数据预览',
		'原始数据',
		'Play Online',
		'<video src="',
		"<img src='",
		'<source ',
	],
	...[
		'ID: ',
		'任务ID：',
		'task_id: ',
		'task_01k7dzptgwf2z87wj2c3t36qk0',
		'sid: ',
		's_68ec8accd80c8191ae1f',
	],
	...[
		'进度 ',
		'36..',
		'100',
		'72..[100](',
		'7.5%',
		'progress',
		'🏃\u200D',
		'排队中',
		'生成中.',
		'queued',
	],
	...[
		'生成完成 ✅',
		'Generation Complete',
		'✅ 预览视频生成',
		'生成失败',
		'，正在重试',
		'失败原因：',
		'❌ ',
		'error: ',
	],
	...[
		'\u0000',
		'\uD83D',
		'\uDE00',
		'\u200A',
		'\u3000',
		'prompt: ',
		'a',
		'生',
		'7',
		'.',
		'…',
		'\\',
		'&#60;',
	],
];

const anyPiece = fc.oneof(
	{ weight: 20, arbitrary: fc.constantFrom(...pieces) },
	{ weight: 1, arbitrary: fc.string({ maxLength: 12, unit: 'binary' }) },
);

/** A text of such pieces, as deltas of any size. */
export const anyText = fc
	.record({ text: fc.array(anyPiece, { maxLength: 60 }), sizes: anySizes, whole: fc.boolean() })
	.map(({ text, sizes, whole }) => {
		const parts = [...cut(text.join(''), sizes)];
		return parts.map((part, index) => ({
			...toDelta(index % 5 === 4 ? '' : part),
			reasoning: index % 5 === 4 ? part : '',
			last: whole && index === parts.length - 1,
		}));
	});
