import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mediaBytes } from '../relay/media';
import { chain, chatVideo, trigger } from './support/chain';
import { digest } from './support/digest';
import { makeCertificate, type Certificate } from './support/makeCertificate';
import { startBucket } from './support/startBucket';
import { startN8n } from './support/startN8n';
import { startProxy, type Proxy } from './support/startProxy';
import { startReceiver } from './support/startReceiver';
import { startYouTube } from './support/startYouTube';
import { useN8n } from './support/useN8n';

const google = 'www.googleapis.com';
const video = chatVideo({ prompt: 'A cat in the sun, landscape', downloadVideo: true });
const bytes = mediaBytes('video', 'landscape');

/** Posts the field `data` as a form. */
const post = (url: string) => ({
	name: 'Upload',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		method: 'POST',
		url,
		sendBody: true,
		contentType: 'multipart-form-data',
		bodyParameters: {
			parameters: [{ parameterType: 'formBinaryData', name: 'file', inputDataFieldName: 'data' }],
		},
	},
});

describe('the bytes of a video', () => {
	let folder: string;
	let files: string;
	let certificate: Certificate;
	let proxy: Proxy;
	const n8n = useN8n({
		start: async () => {
			folder = await mkdtemp(join(tmpdir(), 'chat-video-downstream-'));
			files = join(folder, 'files');
			await mkdir(files);
			certificate = await makeCertificate(google, folder);
			proxy = await startProxy();
			return await startN8n({
				N8N_RESTRICT_FILE_ACCESS_TO: files,
				NODE_EXTRA_CA_CERTS: certificate.file,
				HTTPS_PROXY: proxy.url,
				NO_PROXY: '127.0.0.1',
			});
		},
	});
	afterAll(async () => {
		proxy.close();
		await rm(folder, { recursive: true, force: true });
	});

	const account = async (type: string, data: object) => {
		const body = { name: `${type} account`, type, data };
		const { id, name } = await n8n.client.post<{ id: string; name: string }>('/credentials', body);
		return { [type]: { id, name } };
	};
	/** What the file is called and declared as in the item. */
	const asMade = () => ({
		name: `${n8n.relay.turns[0]?.taskId}.mp4`,
		type: 'video/mp4',
		digest: digest(bytes),
	});

	it('arrive in the form of an HTTP Request', async () => {
		await using receiver = await startReceiver();

		const execution = await n8n.run(chain(trigger, video, post(receiver.url)));

		expect(execution.error).toBeUndefined();
		expect(receiver.forms.map((form) => form.files.file)).toEqual([asMade()]);
	});

	it('are on the disk after Read/Write Files from Disk', async () => {
		const fileName = join(files, 'video.mp4');
		const write = {
			name: 'Write',
			type: 'n8n-nodes-base.readWriteFile',
			typeVersion: 1.1,
			parameters: { operation: 'write', fileName, dataPropertyName: 'data', options: {} },
		};

		const execution = await n8n.run(chain(trigger, video, write));

		expect(execution.error).toBeUndefined();
		expect(digest(await readFile(fileName))).toBe(digest(bytes));
	});

	it.each([
		[
			'Extract from File and Convert to File',
			{
				type: 'n8n-nodes-base.extractFromFile',
				typeVersion: 1.1,
				parameters: { operation: 'binaryToPropery', destinationKey: 'text', options: {} },
			},
			{
				type: 'n8n-nodes-base.convertToFile',
				typeVersion: 1.1,
				parameters: {
					operation: 'toBinary',
					sourceProperty: 'text',
					options: { fileName: 'again.mp4', mimeType: 'video/mp4' },
				},
			},
		],
		[
			'Move Binary Data, there and back',
			{
				type: 'n8n-nodes-base.moveBinaryData',
				parameters: {
					mode: 'binaryToJson',
					setAllData: false,
					destinationKey: 'text',
					options: { encoding: 'base64', keepAsBase64: true },
				},
			},
			{
				type: 'n8n-nodes-base.moveBinaryData',
				parameters: {
					mode: 'jsonToBinary',
					convertAllData: false,
					sourceKey: 'text',
					options: { dataIsBase64: true, fileName: 'again.mp4', mimeType: 'video/mp4' },
				},
			},
		],
	])('survive %s', async (_, toText, toFile) => {
		await using receiver = await startReceiver();
		const text = { ...toText, name: 'To text' };
		const file = { ...toFile, name: 'To file' };

		const execution = await n8n.run(chain(trigger, video, text, file, post(receiver.url)));

		expect(execution.error).toBeUndefined();
		const [inText] = execution.items('To text');
		expect(digest(Buffer.from(String(inText?.json.text), 'base64'))).toBe(digest(bytes));
		expect(receiver.forms.map((form) => form.files.file)).toEqual([
			{ ...asMade(), name: 'again.mp4' },
		]);
	});

	it('are an object of a bucket after S3', async () => {
		await using bucket = await startBucket();
		const upload = {
			name: 'S3',
			type: 'n8n-nodes-base.s3',
			parameters: {
				operation: 'upload',
				bucketName: 'videos',
				fileName: '={{ $json.taskId }}.mp4',
			},
			credentials: await account('s3', {
				endpoint: bucket.url,
				region: 'us-east-1',
				accessKeyId: 'id',
				secretAccessKey: 'secret',
				forcePathStyle: true,
			}),
		};

		const execution = await n8n.run(chain(trigger, video, upload));

		expect(execution.error).toBeUndefined();
		const { name, ...rest } = asMade();
		expect(bucket.objects).toEqual([{ name: `/videos/${name}`, ...rest }]);
	});

	it('are sent to a chat by Telegram', async () => {
		await using telegram = await startReceiver({ ok: true, result: { message_id: 7 } });
		const send = {
			name: 'Telegram',
			type: 'n8n-nodes-base.telegram',
			typeVersion: 1.2,
			parameters: { operation: 'sendVideo', chatId: '42', binaryData: true },
			credentials: await account('telegramApi', { accessToken: '1:token', baseUrl: telegram.url }),
		};

		const execution = await n8n.run(chain(trigger, video, send));

		expect(execution.error).toBeUndefined();
		expect(telegram.forms).toMatchObject([
			{ path: '/bot1:token/sendVideo', fields: { chat_id: '42' }, files: { video: asMade() } },
		]);
		expect(execution.items('Telegram')[0]?.json).toMatchObject({ result: { message_id: 7 } });
	});

	it('reach YouTube in pieces', async () => {
		await using youTube = await startYouTube(google, certificate);
		proxy.target = youTube.url;
		// The node sends a megabyte at a time.
		const size = 2.5 * 1024 * 1024;
		n8n.relay.next({ kind: 'generate', media: { size } });
		const upload = {
			name: 'YouTube',
			type: 'n8n-nodes-base.youTube',
			parameters: {
				resource: 'video',
				operation: 'upload',
				title: 'A cat',
				regionCode: 'DE',
				categoryId: '15',
				options: {},
			},
			credentials: await account('youTubeOAuth2Api', {
				clientId: 'id',
				clientSecret: 'secret',
				oauthTokenData: { access_token: 'a-token', token_type: 'Bearer' },
			}),
		};

		const execution = await n8n.run(chain(trigger, video, upload));

		expect(execution.error).toBeUndefined();
		const whole = Buffer.concat([bytes], size);
		expect(youTube.videos).toEqual([{ name: 'A cat', type: 'video/mp4', digest: digest(whole) }]);
		expect(youTube.tokens).toEqual(['Bearer a-token']);
		expect(execution.items('YouTube')[0]?.json).toEqual({ uploadId: 'video-1' });
	});
});
