import { column, inGroup } from './column.ts'

const quasi = { personal: 'quasi' } as const

/** Groups E and F: use, and service. Counts only: what was watched, called or read is not imported. */
export const USAGE = [
  ...inGroup('E', [
    column('voice_min', '本月通话时长', 'Minutes of calls', 'minutes', {
      unit: '分钟',
      aliases: ['通话时长', '本月通话时长(分钟)', '月通话时长', 'mou'],
    }),
    column('local_call_min', '本地主叫时长', 'Minutes of local calls', 'minutes', { unit: '分钟' }),
    column('data_mb', '本月上网流量', 'Mobile data in MB', 'megabytes', {
      unit: 'MB',
      aliases: ['上网流量', '本月流量', '手机流量', '月流量', '流量', 'dou'],
    }),
    column('last_month_data_mb', '上月结转流量', 'Data carried over in MB', 'megabytes', {
      unit: 'MB',
      aliases: ['结转流量'],
    }),
    column('used_5g_days', '产生5G话单天数', 'Days on 5G', 'int', { counts: 'days' }),
    column('is_zero_call', '本月零次通话', 'No call this month', 'bool', { aliases: ['零次通话'] }),
    column('call_circle', '通话交往圈人数', 'People called', 'int', {
      counts: 'people',
      ...quasi,
      aliases: ['交往圈'],
    }),
    column('app_count', '访问APP个数', 'Apps used', 'int', { ...quasi, counts: 'items' }),
    column('video_app_times', '视频类应用次数', 'Uses of video apps', 'int', {
      ...quasi,
      counts: 'times',
    }),
    column('roam_type', '本月漫游情况', 'Roaming', 'code', quasi),
    column('tv_watch_minutes', '收视时长', 'Minutes of TV', 'minutes', {
      ...quasi,
      unit: '分钟',
      aliases: ['收视时长(分钟)', '本月收视时长', '月收视时长'],
    }),
    column('tv_last_watch_time', '最近收视时间', 'TV last watched', 'datetime', {
      ...quasi,
      aliases: ['最后收视时间', '最近收视日期'],
    }),
    column('tv_top_channel', '常看频道', 'Favourite channel', 'text', quasi),
    column('tv_vod_tags', '点播分类标签', 'Kinds of video on demand', 'list', quasi),
    column('bb_online_hours', '宽带在线时长', 'Broadband hours', 'hours', {
      ...quasi,
      unit: '小时',
      aliases: ['宽带在线时长(小时)', '在线时长', '月在线时长'],
    }),
  ]),
  ...inGroup('F', [
    column('complaint_level', '投诉级别', 'Complaint level', 'code', {}),
    column('complaint_count', '历史投诉次数', 'Complaints', 'int', {
      counts: 'times',
      aliases: ['投诉次数', '近12月投诉次数', '近一年投诉次数'],
    }),
    column('complaint_type', '投诉类型', 'Complaint about', 'code', {}),
    column('service_call_count', '本月客服通话次数', 'Calls to our hotline', 'int', {
      counts: 'times',
      aliases: ['客服通话次数', '拨打客服次数'],
    }),
    column('rival_service_calls', '拨打异网客服次数', 'Calls to a rival’s hotline', 'int', {
      counts: 'times',
      aliases: ['本月拨打移动/联通客服次数', '本月拨打异网客服次数', '拨打竞争对手客服次数'],
    }),
    column('fault_count_3m', '近3月报障次数', 'Faults in three months', 'int', {
      counts: 'times',
      aliases: ['报障次数', '近三月报障次数', '近3个月报障次数'],
    }),
  ]),
]
