// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

class QWidget;

namespace chrona::ui {

class EvidenceCharts;
class ViewHistory;

/// How a person arranges a table (its order, its columns and where they stand), as steps that can
/// be undone: of all tables below `window`.
void watchTables(ViewHistory &history, const QWidget &window);
/// The lag at which a signal is looked at; a step of another signal moves nothing.
void watchLag(ViewHistory &history, EvidenceCharts &charts);

} // namespace chrona::ui
