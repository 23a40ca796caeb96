import {
	isDownloadTwin,
	kindOfUrl,
	parseSidOf,
	parseTaskPage,
} from '../../nodes/ChatVideo/transcript/urls';
import { sid, task, uuid } from './compose';

it.each([
	[`https://asyncdata.net/web/${task}`, 'preview', task],
	[`https://pro.asyncdata.net/source/veo3-pro:${uuid}`, 'source', `veo3-pro:${uuid}`],
	[`http://10.0.0.1:8080/source/${task}?x=1`, 'source', task],
	[`https://asyncdata.net/web/${task}/`, 'preview', task],
	[`HTTPS://ASYNCDATA.NET/WEB/${task}#top`, 'preview', task],
	['https://asyncdata.net/web/veo3%3Aabc', 'preview', 'veo3:abc'],
	['https://asyncdata.net/web/%E0%A4%A', 'preview', '%E0%A4%A'],
])('%s is the page of a task', (url, kind, id) => {
	expect(parseTaskPage(url)).toEqual({ kind, id });
});

it.each([
	'https://asyncdata.net/',
	'https://asyncdata.net/web/',
	'https://asyncdata.net/website/abc',
	'https://asyncdata.net/api/web/abc',
	'https://cdn.example/web/videos/one.mp4',
	'https://cdn.example/v.mp4?from=/web/abc',
	'ftp://asyncdata.net/web/abc',
])('%s is not the page of a task', (url) => {
	expect(parseTaskPage(url)).toBeUndefined();
});

it.each([
	['https://a.example/v.mp4', 'video'],
	['https://a.example/v.MOV?x=.png', 'video'],
	['https://a.example/list.m3u8#t=1', 'video'],
	['https://a.example/p.gif', 'gif'],
	['https://a.example/p.webp?v=.mp4', 'image'],
	['https://a.example/p.jpeg', 'image'],
	['https://a.example/help.html', 'page'],
	[`https://asyncdata.net/web/${task}`, 'page'],
	[`https://sora.chatgpt.com/p/${sid}`, 'page'],
	['https://a.example/az/files%2Fraw?sig=x', 'unknown'],
	['https://a.example/mp4', 'unknown'],
])('%s is of kind %s', (url, kind) => {
	expect(kindOfUrl(url)).toBe(kind);
});

it.each([
	[`https://sora.chatgpt.com/p/${sid}`, sid],
	[`https://cdn.example/MP4/${sid}.mp4`, sid],
	[`https://cdn.example/${sid}/src.mp4?x=1`, sid],
	['https://cdn.example/s_abc.mp4', undefined],
	[`https://cdn.example/x${sid}.mp4`, undefined],
])('the sid in %s is %s', (url, expected) => {
	expect(parseSidOf(url)).toBe(expected);
});

it.each([
	['https://filesystem.site/cdn/download/20251021/a.mp4', true],
	['https://filesystem.site/cdn/20251021/a.mp4', false],
	['https://a.example/v?from=/cdn/download/a.mp4', false],
])('%s is a download twin: %s', (url, expected) => {
	expect(isDownloadTwin(url)).toBe(expected);
});
