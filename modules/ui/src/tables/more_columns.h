// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace chrona::ui {

class TableView;

/// Stands at the right end of a table's titles while columns are hidden for want of room: says how
/// many and which, and shows them all the same, to be scrolled to, when it is pressed. UI thread.
class MoreColumns final : public QToolButton {
    Q_OBJECT
public:
    explicit MoreColumns(TableView &table);

private:
    void tell();
    [[nodiscard]] QString names() const;

    TableView &m_table;
};

} // namespace chrona::ui
