// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QLabel>

class QAbstractItemView;

namespace chrona::ui {

/// Says in a list without rows why it has none. Panes have states for that; this is for the lists
/// that are parts of a pane. Lies over the list and lets the pointer through. UI thread only.
class EmptyHint final : public QLabel {
    Q_OBJECT
public:
    /// The view owns it and has its model by then.
    EmptyHint(QAbstractItemView &view, const QString &hint);

    /// Why there is nothing; empty: nothing is said.
    void setHint(const QString &hint);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();

    QAbstractItemView &m_view;
};

} // namespace chrona::ui
