// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "shell/pane.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace chrona::ui {

/// What a pane shows while it has nothing to show: a skeleton, or a sentence with one action.
class StateView final : public QWidget {
    Q_OBJECT
public:
    StateView(const Theme &theme, QWidget *parent);

    /// A skeleton of rows; the words appear after 200 ms, so that what is quick does not flicker.
    void showLoading(const QString &what);
    void showMessage(const PaneMessage &message, const QString &icon, const QString &spoken);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showParts(bool visible);
    void refreshIcon();
    /// Shows what there is room for; words that are cut through say less than none.
    void fitParts();

    const Theme &m_theme;
    bool m_skeleton = true;
    QString m_iconName;
    QTimer m_wordsDue;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_detail;
    QPushButton *m_button;
    std::function<void()> m_action;
};

} // namespace chrona::ui
