-- SPDX-License-Identifier: EUPL-1.2
-- ?1 a campaign, ?2 its services (JSON array of hexadecimal identifiers). Households that turned up, or were missed, with an
-- appointment for the campaign: one of its services, or one that names the entitlement.
WITH service (id) AS MATERIALIZED (SELECT unhex(value) FROM json_each(?2)),
turned (household, turnout) AS MATERIALIZED (
  SELECT household, min(turnout) FROM (
    SELECT household, turnout FROM appointment
    WHERE turnout > 0 AND turnout IN (1, 2) AND service IN (SELECT id FROM service) AND household IS NOT NULL
    UNION ALL
    SELECT e.household, a.turnout FROM appointment a JOIN entitlement e ON e.id = a.entitlement
    WHERE a.turnout > 0 AND a.turnout IN (1, 2) AND a.service NOT IN (SELECT id FROM service) AND e.campaign = ?1
  ) GROUP BY household
)
