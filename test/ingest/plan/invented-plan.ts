/**
 * A plan of a district that does not exist: four columns in another order, percentages in words, other units.
 *
 * It has no numbers and no lead units of its own column; its second and third tasks are told by their names alone.
 */
export const INVENTED = `
云溪区清水润城2026年实施方案（试行）

	责任单位
	完成时间
	具体任务
	工作项目

	区水利局
区园林局
	2026年底前
	新建污水管网３５公里，改造老旧管网二十五公里，污水集中收集率提高到百分之八十。

水功能区水质达标率达到八成五以上，黑臭水体消除比例不低于三分之一。
	管网建设

	区水利局
	6月底前
	完成十二座泵站提标改造，力争2座达到一级标准；按照《泵站设计标准》（GB 50265-2022）和云政发〔2025〕63号要求组织验收，第三方检测每半年不少于1次。
	

	各镇街

区城管局
	
	五里河公园周边200米范围内的餐饮单位全部纳管，推进“一河一策”。
	

	各镇街
区城管局
	长期坚持
	每周巡河不少于两次，辖区内16条河道实现巡查全覆盖。用水总量控制在1.2亿立方米以内，万元GDP用水量较2020年下降12%。
	河道管护

	区生态环境局
	2026年11月
	氨氮年均浓度低于1mg/L，PM2.5浓度同比下降约5个百分点；检查企业约120家，新增光伏2.5万千瓦。3月、9月前各报送一次进展，20蒸吨以上锅炉进一步规范管理。
	执法监管
`;
