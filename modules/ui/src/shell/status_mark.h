// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ui/theme.h"

#include <QWidget>

namespace chrona::ui {

/// What a mark takes before a text.
inline constexpr int kMarkRoom = 14;

/// Never colour alone: each state has its own shape.
enum class MarkShape : std::uint8_t { Disc, Ring, Triangle, Square, Diamond };
[[nodiscard]] MarkShape markShapeOf(Role role);
void paintMark(QPainter &painter, const QRectF &box, MarkShape shape, const QColor &color);

/// A small shape with a word beside it.
class StatusMark final : public QWidget {
    Q_OBJECT
public:
    StatusMark(const Theme &theme, TextSize size, QWidget *parent);

    void set(Role role, const QString &word, const QString &hint);
    [[nodiscard]] QString word() const { return m_word; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    const Theme &m_theme;
    TextSize m_size;
    Role m_role = Role::Text3;
    QString m_word;
};

} // namespace chrona::ui
