// SPDX-License-Identifier: EUPL-1.2
// What the fake desk remembers.
import type { AppointmentStatus, Household as Known, Person } from '../types.ts';

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
}
