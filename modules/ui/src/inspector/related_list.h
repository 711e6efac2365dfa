// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"
#include "text/time_text.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace chrona::ui {

class Theme;

/// The row of an event in a snapshot; found by its time, which the rows are ordered by.
[[nodiscard]] std::optional<std::uint32_t> rowOf(const workspace::EventSnapshot &snapshot,
                                                 const schema::Event &event);

/// A few events, one line each; a click or Return selects one. UI thread only.
class RelatedList final : public QWidget {
    Q_OBJECT
public:
    RelatedList(workspace::Session &session, const Theme &theme, const TimeText &times,
                std::shared_ptr<const workspace::EventSnapshot> snapshot,
                std::vector<std::uint32_t> rows, QWidget *parent);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    [[nodiscard]] int lineAt(double y) const;
    void choose(int line);

    workspace::Session &m_session;
    const Theme &m_theme;
    TimeText m_times;
    std::shared_ptr<const workspace::EventSnapshot> m_snapshot;
    std::vector<std::uint32_t> m_rows;
    int m_hovered = -1;
    int m_current = 0;
};

} // namespace chrona::ui
