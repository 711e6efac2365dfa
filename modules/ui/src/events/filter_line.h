// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/filter_language.h"

#include <QLineEdit>
#include <QTimer>

#include <optional>

class QCompleter;
class QStringListModel;

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class Theme;

/// The line in which a filter is typed: completed, applied while typing, and told what is wrong
/// with. Follows the filter when it is changed elsewhere. UI thread only.
class FilterLine final : public QLineEdit {
    Q_OBJECT
public:
    FilterLine(workspace::Session &session, const Theme &theme, QWidget *parent);

    /// What is wrong with the text, in words; empty when it can be read.
    [[nodiscard]] QString problem() const { return m_problem; }
    void type(const QString &text);
    /// Nothing is typed and nothing filtered.
    void reset();
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void edited();
    void apply();
    void follow();
    void complete();
    void take(const QString &candidate);
    void setFault(std::optional<workspace::FilterFault> fault);
    [[nodiscard]] workspace::FilterNames names() const;

    workspace::Session &m_session;
    const Theme &m_theme;
    QStringListModel *m_candidates;
    QCompleter *m_completer;
    workspace::FilterCompletion m_completion;
    std::optional<workspace::FilterFault> m_fault;
    QString m_problem;
    QTimer m_applyTimer;
};

/// "There is no type “quake”."
[[nodiscard]] QString faultText(const workspace::FilterFault &fault);

} // namespace chrona::ui
