// SPDX-License-Identifier: EUPL-1.2
// How a plan is told on the screen: values, forecasts, where a figure comes from, how an indicator stands.
import { html, nothing, type TemplateResult } from 'lit';
import { date } from '../format.ts';
import { t } from '../i18n.ts';
import type { Icon } from '../parts/icons.ts';
import { badge, type Tone } from '../parts/views.ts';
import type { PlanExpected, PlanForecast, PlanMeasure, PlanNote, PlanProblem, PlanReached, PlanSourceOf, PlanTarget, PlanVerdict } from '../types.ts';
import { hundredths } from './names.ts';

const VERDICT: Record<PlanVerdict, { tone: Tone; icon: Icon }> = {
  open: { tone: 'info', icon: 'clock' },
  overdue: { tone: 'danger', icon: 'error' },
  reached: { tone: 'success', icon: 'check-circle' },
  missed: { tone: 'danger', icon: 'close-circle' },
};

export const expectedText = (expected: PlanExpected): string => (expected.type === 'share' ? hundredths(expected.value) : t('plan-by', { day: date(expected.day) }));

export function reachedText(reached: PlanReached | null): string {
  if (reached === null) return t('plan-nothing-yet');
  if (reached.type === 'percent') return `${reached.value}\u00a0%`;
  return reached.type === 'share' ? hundredths(reached.value) : date(reached.day);
}

export const verdictBadge = (verdict: PlanVerdict): TemplateResult => badge(VERDICT[verdict].tone, t(`plan-verdict-${verdict}`), VERDICT[verdict].icon);

export function forecastText(forecast: PlanForecast): string {
  if (forecast.type !== 'ends') return t(`plan-forecast-${forecast.type}`);
  return forecast.late > 0 ? t('plan-forecast-late', { day: date(forecast.day), n: forecast.late }) : t('plan-forecast-ends', { day: date(forecast.day) });
}

export const forecastBadge = (forecast: PlanForecast): TemplateResult => {
  const late = forecast.type === 'ends' && forecast.late > 0;
  const tone: Tone = forecast.type === 'done' ? 'success' : late || forecast.type === 'unknown' ? 'warning' : 'info';
  return badge(tone, forecastText(forecast), forecast.type === 'done' ? 'check-circle' : 'clock');
};

export const measureText = (measure: PlanMeasure): string => t(`plan-measure-${measure.type}`);

/** Where a figure comes from, and whether it can still change. */
export function sourceText(source: PlanSourceOf): string {
  if (source.type === 'nothing') return t('plan-source-nothing');
  if (source.type === 'hand') return t('plan-source-hand');
  if (source.type === 'unreadable') return t('plan-source-unreadable', { what: measureText(source.measure) });
  return t('plan-source-records', { what: measureText(source.measure), campaign: source.campaign });
}

export function sourceCell(source: PlanSourceOf): TemplateResult {
  const provisional = source.type === 'records' && source.standing === 'provisional';
  return html`${sourceText(source)}${provisional ? html`<br>${badge('warning', t('plan-provisional', { n: source.missing_desks }), 'clock')}` : nothing}`;
}

export const targetText = (target: PlanTarget): string => t(`plan-${target.type}-n`, { n: target.number });
export const targetKey = (target: PlanTarget): string => `${target.type}-${target.number}`;

/** What shows it: the words, and the name of the file. */
export const evidenceText = (note: PlanNote): string => [note.evidence, note.file].filter((part) => part !== null && part !== '').join(', ');

export function problemText(problem: PlanProblem): string {
  if (problem.problem === 'dates_inverted') return t('plan-problem-dates_inverted', { n: problem.phase });
  if (problem.problem === 'weights') return t('plan-problem-weights', { n: problem.sum });
  return t(`plan-problem-${problem.problem}`);
}

/** What keeps a sheet from being loaded; the rest is only told. */
export const hinders = (problem: PlanProblem): boolean => !['unweighted', 'weights_missing'].includes(problem.problem);
