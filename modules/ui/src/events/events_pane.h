// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/pane.h"
#include "tables/table_view.h"
#include "text/time_text.h"

class QToolButton;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class CorrectionMenu;
class EventColumnsModel;
class EventDelegate;
class FilterLine;

/// The visible events as a table: sorted and filtered off the UI thread, selection shared with all
/// views, thresholds and columns in the header. UI thread only.
class EventsPane final : public Pane {
    Q_OBJECT
public:
    EventsPane(workspace::Session &session, const Theme &theme, QWidget *parent);

    void setTimeText(const TimeText &times);
    void setDensity(RowDensity density) { m_table->setDensity(density); }
    void clearFilter();
    /// For typing a filter at once.
    void editFilter();
    [[nodiscard]] EventColumnsModel &model() { return *m_model; }
    [[nodiscard]] TableView &table() { return *m_table; }
    [[nodiscard]] CorrectionMenu &corrections() { return *m_corrections; }

Q_SIGNALS:
    /// Nothing passes because the service has nothing yet; the window knows what can be done.
    void sampleWorldWanted();
    void corrected(qint64 event);

private:
    void makeTable();
    void makeTools();
    void refresh();
    void refreshEmptiness();
    void refreshTools();
    void offerCorrections();
    void selectionToFocus();
    void focusToSelection();

    workspace::Session &m_session;
    EventColumnsModel *m_model;
    EventDelegate *m_delegate;
    TableView *m_table;
    CorrectionMenu *m_corrections;
    FilterLine *m_filterLine = nullptr;
    QToolButton *m_severity = nullptr;
    QToolButton *m_confidence = nullptr;
    QToolButton *m_clear = nullptr;
    QToolButton *m_columns = nullptr;
    bool m_isFollowing = false;
    bool m_isOtherQuestion = false; ///< window or filter changed since the rows were arranged
};

} // namespace chrona::ui
