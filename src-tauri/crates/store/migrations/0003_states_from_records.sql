-- SPDX-License-Identifier: EUPL-1.2
-- Households and entitlements are folded from their few records when somebody asks for them: their state as JSON made rows of
-- a third of a page, of which each delivery wrote (and often split) one, and twice as large a file. What queries filter and
-- count by stays in columns; a row is small, so that counting a campaign reads the table itself.
DROP INDEX entitlement_campaign;
ALTER TABLE entitlement DROP COLUMN state;
ALTER TABLE household DROP COLUMN state;
