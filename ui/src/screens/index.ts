// SPDX-License-Identifier: EUPL-1.2
// The list of screens, in the order of the menu; the first one that a role may open is its home.
import { addRoutes } from './registry.ts';

addRoutes();
