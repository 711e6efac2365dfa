// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/pane.h"
#include "tables/table_view.h"
#include "text/time_text.h"

#include <cstdint>
#include <optional>

class QMenu;
class QStackedWidget;
class QToolButton;

namespace chrona::workspace {
enum class GroupBy : std::uint8_t;
class Session;
} // namespace chrona::workspace

namespace chrona::ui {

class CorrectionMenu;
class EventColumnsModel;
class EventDelegate;
class FilterLine;
class GroupView;
class StoredView;
enum class ColourBy : std::uint8_t;

/// The visible events as a table, or by what they have in common: sorted, filtered and summed off
/// the UI thread, selection shared with all views, thresholds, groups and columns in the header. Or
/// all that the database holds, by time, read as it is scrolled. UI thread only.
class EventsPane final : public Pane {
    Q_OBJECT
public:
    EventsPane(workspace::Session &session, const Theme &theme, QWidget *parent);

    void setTimeText(const TimeText &times);
    void setDensity(RowDensity density) { m_table->setDensity(density); }
    void clearFilter();
    /// For typing a filter at once.
    void editFilter();
    /// As if it had been typed: what cannot be read is said.
    void typeFilter(const QString &text);
    [[nodiscard]] EventColumnsModel &model() { return *m_model; }
    [[nodiscard]] TableView &table() { return *m_table; }
    [[nodiscard]] CorrectionMenu &corrections() { return *m_corrections; }
    [[nodiscard]] GroupView &groups() { return *m_groups; }
    /// nullopt: each event for itself.
    void groupBy(std::optional<workspace::GroupBy> by);
    /// Rows are coloured by that, beside their marks.
    void colourBy(ColourBy by);
    enum class Scope : std::uint8_t { Loaded, Database };
    void showScope(Scope scope);
    [[nodiscard]] Scope scope() const { return m_scope; }
    [[nodiscard]] StoredView &stored() { return *m_stored; }
    /// Tab-separated with a line of titles; empty where nothing is selected.
    [[nodiscard]] QString selectedAsText() const;
    /// The button behind which saved filters stand; the window fills its menu.
    [[nodiscard]] QToolButton &savedFilters() { return *m_saved; }

Q_SIGNALS:
    /// Nothing passes because the service has nothing yet; the window knows what can be done.
    void sampleWorldWanted();
    void corrected(qint64 event);

private:
    void makeTable();
    void makeTools();
    void fillGroupings();
    void fillScopes();
    void offerColours(QMenu &menu);
    [[nodiscard]] TableView &shownTable() const;
    void showTable();
    void refreshStored();
    void refresh();
    void refreshEmptiness();
    void refreshTools();
    void offerCorrections();
    void selectionToFocus();
    void focusToSelection();

    workspace::Session &m_session;
    EventColumnsModel *m_model;
    EventDelegate *m_delegate;
    QStackedWidget *m_stack;
    TableView *m_table;
    GroupView *m_groups;
    StoredView *m_stored;
    CorrectionMenu *m_corrections;
    FilterLine *m_filterLine = nullptr;
    QToolButton *m_severity = nullptr;
    QToolButton *m_confidence = nullptr;
    QToolButton *m_clear = nullptr;
    QToolButton *m_columns = nullptr;
    QToolButton *m_grouping = nullptr;
    QToolButton *m_saved = nullptr;
    QToolButton *m_scopes = nullptr;
    Scope m_scope = Scope::Loaded;
    ColourBy m_colourBy{};
    TimeText m_times;
    bool m_isFollowing = false;
    bool m_isOtherQuestion = false; ///< window or filter changed since the rows were arranged
};

} // namespace chrona::ui
