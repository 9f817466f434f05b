// SPDX-License-Identifier: EUPL-1.2
// How cases are called on the screen: kinds, where they stand, what is compared, what was done with them.
import { html, type TemplateResult } from 'lit';
import { amount, count, date, dateTime, wall } from '../format.ts';
import { t } from '../i18n.ts';
import type { Icon } from '../parts/icons.ts';
import { badge, type Content, type Moment, type Tone } from '../parts/views.ts';
import { countAll, runText } from '../serial.ts';
import type { CaseActRow, CaseDecision, CaseField, CaseKind, CaseRow, CaseSeverity, CaseStanding } from '../types.ts';
import { skewWords, topicName } from './names.ts';

export const CASE_ICON: Record<CaseKind, Icon> = {
  double: 'copy', forced: 'unlocked', after_revocation: 'ban', over_amount: 'plus-circle', under_amount: 'minus-circle', not_holder: 'exchange-circle',
  not_returned: 'restore', before_relief: 'exchange-circle', serials_twice: 'copy', serials_never_received: 'help-circle', serials_elsewhere: 'exchange-circle',
  supplied_twice: 'copy', count_difference: 'error', form_twice: 'files', two_appointments: 'calendar', slot_twice: 'calendar', duplicate_household: 'copy',
  duplicate_person: 'user', many_delegations: 'user', fork: 'exchange-circle', clock_skewed: 'clock', late_after_revocation: 'clock', late_after_closing: 'clock',
  never_served: 'user', rows_refused: 'file-sheet', call_disputed: 'telephone',
};
export const CASE_KINDS = Object.keys(CASE_ICON) as CaseKind[];

export const SEVERITY: Record<CaseSeverity, Tone> = { grave: 'danger', serious: 'warning', minor: 'info' };

const STANDING: Record<CaseStanding, { tone: Tone; icon: Icon }> = {
  open: { tone: 'warning', icon: 'flag' }, assigned: { tone: 'info', icon: 'user' }, reopened: { tone: 'warning', icon: 'restore' },
  awaiting: { tone: 'warning', icon: 'pencil' }, contested: { tone: 'danger', icon: 'error' }, decided: { tone: 'success', icon: 'check-circle' },
};

type Standing = Pick<CaseRow, 'standing' | 'decisions' | 'found' | 'assignee'>;

/** Where a case stands, in words. */
export function standingText(row: Standing): string {
  if (row.standing === 'decided') return row.decisions[0] === undefined ? t('case-standing-decided') : decisionDone(row.decisions[0]);
  if (!row.found) return t('case-gone');
  if (row.standing === 'assigned' && row.assignee !== null) return t('case-act-assigned', { name: row.assignee.name });
  return t(`case-standing-${row.standing}`);
}

/** Where a case stands, in word and colour. */
export function standingBadge(row: Standing): TemplateResult {
  if (!row.found && row.standing !== 'decided') return badge('neutral', t('case-gone'), 'check-circle');
  const { tone, icon } = STANDING[row.standing];
  return badge(tone, standingText(row), icon);
}

/** Whether somebody still has to do something. */
export const isOpen = (row: Pick<CaseRow, 'found' | 'standing'>): boolean => row.found && row.standing !== 'decided';

/** Whether a case is about this right, or a delivery of it. */
export const isAbout = (row: Pick<CaseRow, 'matter'>, entitlement: string): boolean =>
  (row.matter.about.type === 'delivery' || row.matter.about.type === 'entitlement') && row.matter.about.entitlement === entitlement;

export const kindBadge = (row: Pick<CaseRow, 'matter' | 'severity'>): TemplateResult =>
  badge(SEVERITY[row.severity], t(`case-kind-${row.matter.kind}`), CASE_ICON[row.matter.kind]);

export const decisionDone = (decision: CaseDecision): string => t(`case-decision-${decision}.done`);

/** Whom a case touches: names, or the desk where it touches no household. */
export function touched(row: CaseRow): string {
  const names = row.households.map((h) => h.name).filter(Boolean);
  return names.length > 0 ? names.join(', ') : t('an-who-none');
}

/** A word that the core names by its key: where something stands, why nothing was handed over. */
function word(name: string): string {
  const at = name.indexOf('-');
  const [first, what] = at < 0 ? [name, ''] : [name.slice(0, at), name.slice(at + 1)];
  switch (first) {
    case 'refusal': return t(`refusal-${what}`);
    case 'appointment': return t(`appointment-${what}`);
    case 'entitlement': return t(`entitlement-${what}`);
    case 'removed': return t(`removal-${what}`);
    case 'late': return t(`late-state-${what}`);
    case 'settled': return t(`stock-settled-${what}`);
    case 'shipped': case 'arrived': case 'destroyed': return t(`case-word-${first}`);
    default: return t('case-word-received');
  }
}

/** A value that is compared, as people write it. */
export function valueText({ name, value }: CaseField): string {
  switch (value.type) {
    case 'text': return name === 'topic' ? topicName(value.text) : value.text;
    case 'word': return word(value.word);
    case 'amount': return amount(value.amount);
    case 'at': return dateTime(value.at);
    case 'day': return date(value.day);
    case 'slot': return wall(value.start);
    case 'serials': return `${value.runs.map(runText).join(', ')} (${count(countAll(value.runs))})`;
    case 'number': return count(value.number);
    case 'span': return skewWords(value.millis);
    default: return '—';
  }
}

const MONO = new Set<CaseField['name']>(['serials', 'shared_serials', 'identifier', 'document']);
export const valueCell = (field: CaseField): Content => (MONO.has(field.name) && field.value.type !== 'nothing' ? html`<span class="sp-mono">${valueText(field)}</span>` : valueText(field));

const ACT: Record<CaseActRow['deed']['type'], { tone: Tone; icon: Icon }> = {
  assigned: { tone: 'info', icon: 'user' }, noted: { tone: 'neutral', icon: 'note' }, decided: { tone: 'success', icon: 'check-circle' },
  countersigned: { tone: 'success', icon: 'pencil' }, reopened: { tone: 'warning', icon: 'restore' },
};

function actTitle(act: CaseActRow): string {
  const { deed } = act;
  switch (deed.type) {
    case 'assigned': return act.to === null ? t('case-act-unassigned') : t('case-act-assigned', { name: act.to });
    case 'decided': {
      const decision = t('case-act-decided', { decision: decisionDone(deed.decision) });
      return act.live ? decision : `${decision} (${t('case-act-ended')})`;
    }
    case 'countersigned': return t('case-act-countersigned');
    case 'reopened': return t('case-act-reopened');
    default: return t('case-act-noted');
  }
}

function actText({ deed }: CaseActRow): string {
  switch (deed.type) {
    case 'noted': return deed.text;
    case 'decided': case 'reopened': return deed.reason;
    default: return '';
  }
}

/** Something that was done with a case, for a timeline. */
export function actMoment(act: CaseActRow): Moment {
  const text = actText(act);
  return {
    when: dateTime(act.at), title: actTitle(act), by: [act.by.name, act.desk.name].filter(Boolean).join(', '),
    tone: act.deed.type === 'decided' && !act.live ? 'neutral' : ACT[act.deed.type].tone, icon: ACT[act.deed.type].icon,
    ...(text === '' ? {} : { body: html`<p>«${text}»</p>` }),
  };
}
