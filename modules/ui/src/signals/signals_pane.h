// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"
#include "shell/pane.h"
#include "signals/signal_delegate.h"
#include "tables/table_view.h"

class QComboBox;
class QLineEdit;
class QStackedWidget;
class QTabBar;
class QTimer;
class QToolButton;

namespace chrona::ui {

class CatalogueDialog;

/// What the newest search found, ranked, and on a second page what it refused and why. UI thread
/// only.
class SignalsPane final : public Pane {
    Q_OBJECT
public:
    enum Page : int { Found, Refused };

    SignalsPane(workspace::Session &session, const Theme &theme, QWidget *parent);

    void open(Page page);
    [[nodiscard]] SignalColumnsModel &model() { return *m_signals; }
    [[nodiscard]] RefusedColumnsModel &refused() { return *m_refused; }
    [[nodiscard]] TableView &table() { return *m_table; }
    [[nodiscard]] TableView &refusedTable() { return *m_refusedTable; }
    /// The chosen signals, the current one first; at most two, to be compared.
    [[nodiscard]] std::vector<ipc::SignalEntry> chosen() const;
    /// Chooses it where it is in the list, with the filter taken off when that hides it.
    bool choose(schema::SignalId id);
    /// By their rows, the first one current.
    void chooseRows(std::initializer_list<int> rows);
    /// Has the search done again now.
    void searchAgain();
    /// The rules by which features are computed, in a dialog of its own.
    void openCatalogue();

Q_SIGNALS:
    void chosenChanged();

private:
    QWidget *makeBar();
    void makeTables();
    void showPage(int page);
    void applyFilter();
    void keepChoice();
    void fillRules();
    void refresh();
    void refreshTools();
    void fillCatalogue(CatalogueDialog *dialog);
    void refreshFound();
    void refreshRefused();

    workspace::Session &m_session;
    SignalColumnsModel *m_signals;
    RefusedColumnsModel *m_refused;
    TableView *m_table;
    TableView *m_refusedTable;
    QTabBar *m_tabs;
    QLineEdit *m_search;
    QToolButton *m_elevated;
    QComboBox *m_rules;
    QToolButton *m_again;
    QToolButton *m_catalogue;
    QStackedWidget *m_pages;
    QTimer *m_typed; ///< the service is asked when typing rests
    std::vector<schema::SignalId> m_chosen;
    bool m_isKeeping = false;
    std::optional<Error> m_againProblem;
};

} // namespace chrona::ui
