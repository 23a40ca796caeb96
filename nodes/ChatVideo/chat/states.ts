/** What a word for a status means; `unknown` is a word no row of the table has. */
export type TaskState = 'queued' | 'generating' | 'completed' | 'failed' | 'unknown';

/** What relays call the states of a task, in bodies and in words; the first row that fits wins. */
export const states: ReadonlyArray<readonly [TaskState, RegExp]> = [
	[
		'failed',
		/fail|error|cancel|abort|reject|refused|denied|expired|timeout|timed[_ ]?out|terminated|filtered|blocked|violat|moderated|nsfw|unsafe|失败|失敗|取消|拒绝|拒絕|超时|逾時|异常|異常|违规|違規|エラー|ошибк|неудач|отмен|fallid|fall[oó]|falhou|échou|échec|fehlgeschlagen|rechazad|cancelad|실패|취소/i,
	],
	[
		'completed',
		/^(?:completed?|success(?:ful(?:ly)?)?|generated|published|succe+d(?:ed)?|finish(?:ed)?|done|ready|ok|已生成|готово?|завершен[оа]?|завершён|completad[oa]|terminad[oa]|list[oa]|pronto|conclu[ií]d[oa]|terminée?|fertig|abgeschlossen|완료)$|_(?:completed|success(?:ful)?)$|(?<!未)(?:完成|成功|完毕|完畢|完了)$/i,
	],
	[
		'queued',
		/pending|queue|not_?start|starting|initiali[sz]|submitted|wait|created|staged|suspended|assigned|dispatched|booting|^new$|paused|delayed|hold|accepted|prepar|throttl|schedul|排队|排隊|等待|待機|待处理|待處理|已提交|очеред|ожидан|pendiente|en cola|e[nm] espera|na fila|en attente|warte|대기/i,
	],
	[
		'generating',
		/process|progress|generat|upsampl|running|image_|render|started|working|dream|(?:up|down|^)load|^run$|going|doing|saving|finaliz|retry|(?<!p)review|moderating|encod|active|execut|中$|正在|进行|進行|генер|обработк|выполня|proces+ando|gene?rando|en cours|en curso|em andamento|läuft|진행/i,
	],
];

/** What a relay's word for a status means. */
export const stateOf = (word: string): TaskState =>
	states.find(([, pattern]) => pattern.test(word))?.[0] ?? 'unknown';
