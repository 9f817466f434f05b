// SPDX-License-Identifier: EUPL-1.2
// How the things of the desk are called on the screen.
import { html, nothing, type TemplateResult } from 'lit';
import * as format from '../../format.ts';
import { has, language, t } from '../../i18n.ts';
import { badge, type Content, type Tone } from '../../parts/views.ts';
import type { Icon } from '../../parts/icons.ts';
import { href } from '../../router.ts';
import type {
  Address, AppointmentRow, AppointmentStatus, DocumentKind, EntitlementStatus, Household, Member, NumberColour, Operator, PersonIdentifier,
  ReferenceView, RefusalReason, Service,
} from '../../types.ts';

const ENTITLEMENT: Record<EntitlementStatus, { tone: Tone; icon: Icon }> = {
  due: { tone: 'info', icon: 'box' },
  partial: { tone: 'warning', icon: 'minus-circle' },
  served: { tone: 'success', icon: 'check-circle' },
  revoked: { tone: 'danger', icon: 'ban' },
};
export const entitlementBadge = (status: EntitlementStatus): TemplateResult =>
  badge(ENTITLEMENT[status].tone, t(`entitlement-${status}`), ENTITLEMENT[status].icon);

const APPOINTMENT: Record<AppointmentStatus, { tone: Tone; icon: Icon }> = {
  booked: { tone: 'neutral', icon: 'calendar' },
  presented: { tone: 'info', icon: 'clock' },
  called: { tone: 'info', icon: 'horn' },
  parked: { tone: 'warning', icon: 'minus-circle' },
  missed: { tone: 'warning', icon: 'close-circle' },
  cancelled: { tone: 'neutral', icon: 'ban' },
  finished: { tone: 'success', icon: 'check-circle' },
};
export const appointmentBadge = ({ status, late }: Pick<AppointmentRow, 'status' | 'late'>): TemplateResult =>
  late && status === 'booked'
    ? badge('warning', t('appointment-late'), 'clock')
    : badge(APPOINTMENT[status].tone, t(`appointment-${status}`), APPOINTMENT[status].icon);

/** `12`, `12R`, `12/A`, `12R/A`, `12 bis`, `12R int. 3`. */
export function numberText({ number, colour, exponent }: Pick<Address, 'number' | 'colour' | 'exponent'>): string {
  const red = colour === 'red' ? 'R' : '';
  if (number === '') return exponent;
  if (exponent === '') return `${number}${red}`;
  return /^[A-Za-z]{1,2}$/.test(exponent) ? `${number}${red}/${exponent}` : `${number}${red} ${exponent}`;
}

export const addressText = (a: Address): string => [a.street, numberText(a)].filter(Boolean).join(' ');

/**
 * What a person writes as a house number: `12`, `12R`, `12 r`, `12 rosso`, `12/A`, `12/a r`, `12R/A`, `12 bis`, `12 int. 3`.
 * An R after the number is its colour (red); with a slash before it, it is a letter of the exponent.
 */
export function parseNumber(text: string): { number: string; colour: NumberColour; exponent: string } {
  const m = /^\s*(\d*)\s*(.*?)\s*$/.exec(text);
  const number = m?.[1] ?? '';
  let rest = m?.[2] ?? '';
  let colour: NumberColour = 'black';
  const leading = /^(?:rosso|r)(?![a-z0-9])\.?\s*/i.exec(rest);
  const trailing = /^(.*[^/\s])\s+(?:rosso|r)$/i.exec(rest);
  if (number !== '' && leading !== null) {
    colour = 'red';
    rest = rest.slice(leading[0].length);
  } else if (number !== '' && trailing !== null) {
    colour = 'red';
    rest = trailing[1] ?? '';
  }
  rest = rest.replace(/^\/\s*/, '').trim();
  return { number, colour, exponent: /^[a-z]{1,2}$/.test(rest) ? rest.toUpperCase() : rest };
}

export const memberName = (m: Pick<Member, 'surname' | 'name'>): string => `${m.surname} ${m.name}`.trim();
export const applicant = (household: Household): string => {
  const [first] = household.data.members;
  return first === undefined ? t('household-nameless') : memberName(first);
};

/** Tax code, STP or ENI as given; for one that is missing, the words for that. */
export function identifierText(identifier: PersonIdentifier): Content {
  return identifier.kind === 'none' ? t('identifier-none') : html`<span class="sp-mono">${identifier.value}</span>`;
}

export const documentKinds: readonly DocumentKind[] = ['identity_card', 'passport', 'driving_licence', 'residence_permit', 'other'];
export const documentName = (kind: DocumentKind): string => t(`document-${kind}`);
export const refusalReasons: readonly RefusalReason[] = ['no_document', 'no_delega', 'not_of_household', 'no_stock', 'declined', 'other'];
export const refusalName = (reason: RefusalReason): string => t(`refusal-${reason}`);

export const operatorName = (operators: readonly Operator[] | undefined, id: string): string => operators?.find((o) => o.id === id)?.name ?? '';
export const deskName = (reference: ReferenceView | undefined, id: string): string => reference?.desks.find((d) => d.id === id)?.name ?? id.slice(0, 8);
export const siteName = (reference: ReferenceView | undefined, id: string): string => reference?.sites.find((s) => s.id === id)?.name ?? '';
export const serviceName = (service: Service): string => (language() === 'en' && service.name_en !== '' ? service.name_en : service.name);

/** What an event is called; a kind newer than these pages shows itself. */
export function eventName(kind: string): string {
  const key = `event-${kind.replace('.', '-')}`;
  return has(key) ? t(`event-${kind.replace('.', '-')}`) : kind;
}

/** `lun 15/03/2021 09:30`. */
export function slotText(start: string): string {
  return `${format.weekday(start.slice(0, 10)).slice(0, 3)} ${format.wall(start)}`;
}

/** The name, as a link to the household where there is one. */
export function nameLink(row: Pick<AppointmentRow, 'household' | 'name'>, key: string): TemplateResult {
  return row.household === null
    ? html`<strong>${row.name}</strong>`
    : html`<a href=${href('/nucleo/:id', { id: row.household })} data-focus-key=${key}>${row.name}</a>`;
}

export const phoneText = (phone: string): Content => (phone === '' ? nothing : html`<span class="sp-nowrap">${phone}</span>`);
