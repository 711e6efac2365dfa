// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "oracle/oracle_pane.h"
#include "text/time_text.h"

#include <optional>

class QDateTimeEdit;
class QScrollArea;
class QToolButton;

namespace chrona::ui {

/// How one price came about, now or at any moment that is kept: the votes, their weights, what was
/// left out and why, and what the plain methods say of the same ticks. UI thread only.
class OracleExplainPane final : public OraclePane {
    Q_OBJECT
public:
    OracleExplainPane(workspace::OracleWatch &watch, workspace::Session &session,
                      const Theme &theme, QWidget *parent);

    void setFeed(const QString &feed);
    void setTimeText(const TimeText &times);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void ask();
    void follow();
    void tell(const ipc::OracleAnswer &answer);
    void refresh();

    QString m_feed;
    TimeText m_times;
    QDateTimeEdit *m_at;
    QToolButton *m_now;
    QScrollArea *m_scroll;
    std::optional<ipc::OracleAnswer> m_answer;
    std::optional<Error> m_failure;
};

} // namespace chrona::ui
