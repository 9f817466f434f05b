// SPDX-License-Identifier: EUPL-1.2
// What the fake desk remembers.
import type { AppointmentStatus, Household as Known, Person, PriorityNote } from '../types.ts';

export type { Person };

export interface Household {
  household: Known;
  entitlement: string;
  amount: number;
}

export interface Appointment {
  id: string;
  code: string;
  start: string;
  site: string;
  service: string;
  household: string | null;
  person: Person | null;
  status: AppointmentStatus;
  presented_at: number | null;
  called_at: number | null;
  desk: string | null;
  reason: string;
  before: AppointmentStatus | null;
  walk_in: boolean;
  ticket: string | null;
  /** From when it counts in the queue: its arrival, or its return. */
  queued_at: number | null;
  priority: PriorityNote | null;
  for_desk: string | null;
  calls: number;
  visit: string | null;
}

/** What an appointment has of the queue before anybody comes. */
export const NOT_QUEUED = { walk_in: false, ticket: null, queued_at: null, priority: null, for_desk: null, calls: 0, visit: null } as const;
