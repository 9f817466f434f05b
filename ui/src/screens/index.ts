// SPDX-License-Identifier: EUPL-1.2
// The list of screens, in the order of the menu.
import { OPERATOR_ROUTES } from './operator.ts';
import { addRoutes } from './registry.ts';
import { SUPERVISION_ROUTES } from './supervision.ts';

addRoutes(...OPERATOR_ROUTES, ...SUPERVISION_ROUTES);
