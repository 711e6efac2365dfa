// SPDX-License-Identifier: AGPL-3.0-or-later
#include "inspector/fact_sections.h"

#include "chrona/ui/theme.h"

#include <QAbstractButton>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QStyleOptionToolButton>
#include <QStylePainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr int kLinkWidthLeast = 60;
constexpr int kLinkPadding = 4;
constexpr int kRawHeight = 140;

QLabel *textLabel(const QString &text, const QFont &font, const QString &tone)
{
    auto *label = new QLabel;
    // Feeds write these: plain, so that nothing in them is loaded or run.
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    label->setFont(font);
    label->setWordWrap(true);
    label->setProperty("tone", tone);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setFocusPolicy(Qt::NoFocus);
    return label;
}

/// As wide as its text where there is room; else the text ends in an ellipsis. Links of a column
/// begin where its sentences do.
class LinkButton final : public QToolButton {
public:
    LinkButton(const Theme &theme, const QString &text) : m_theme(theme)
    {
        setText(text);
        // A button's own policy would make the column as wide as its longest link.
        setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        return {fontMetrics().horizontalAdvance(text()) + 2 * kLinkPadding,
                QToolButton::sizeHint().height()};
    }
    [[nodiscard]] QSize minimumSizeHint() const override
    {
        return {kLinkWidthLeast, sizeHint().height()};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QStylePainter painter(this);
        QStyleOptionToolButton option;
        initStyleOption(&option);
        option.text.clear();
        painter.drawComplexControl(QStyle::CC_ToolButton, option);
        const QRect room = rect().adjusted(kLinkPadding, 0, -kLinkPadding, 0);
        painter.setPen(m_theme.color(Role::Accent));
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                         fontMetrics().elidedText(text(), Qt::ElideRight, room.width()));
    }

private:
    const Theme &m_theme;
};

} // namespace

Badge::Badge(const Theme &theme, const QString &word, const QColor &color, const QString &hint,
             QWidget *parent) :
    QWidget(parent), m_theme(theme), m_word(word), m_color(color)
{
    setToolTip(hint);
    setAccessibleName(word);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize Badge::sizeHint() const
{
    return {QFontMetrics(m_theme.font(TextSize::Tiny, TextWeight::Strong)).horizontalAdvance(m_word)
                + 14,
            18};
}

void Badge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor fill = m_color;
    fill.setAlphaF(0.14F);
    QColor edge = m_color;
    edge.setAlphaF(0.45F);
    painter.setPen(edge);
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metric::kRadius,
                            metric::kRadius);
    painter.setPen(m_color);
    painter.setFont(m_theme.font(TextSize::Tiny, TextWeight::Strong));
    painter.drawText(rect(), Qt::AlignCenter, m_word);
}

FactColumn::FactColumn(const Theme &theme, QWidget *parent) :
    QWidget(parent), m_theme(theme), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(metric::kGap, metric::kGap, metric::kGap, metric::kGap);
    m_column->setSpacing(metric::kPadding);
}

void FactColumn::addHeadline(const QString &text)
{
    auto *label = textLabel(text, m_theme.font(TextSize::Title, TextWeight::Strong), {});
    label->setAccessibleName(text);
    m_column->addWidget(label);
}

void FactColumn::addBadges(const QList<QWidget *> &badges)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    for (QWidget *badge : badges)
        row->addWidget(badge);
    row->addStretch(1);
    m_column->addLayout(row);
}

void FactColumn::addParagraph(const QString &text)
{
    m_column->addWidget(textLabel(text, m_theme.font(TextSize::Small), u"secondary"_s));
}

void FactColumn::addSection(const QString &title)
{
    if (m_column->count() > 0) { // nothing is above the first to be told apart from
        auto *line = new QFrame;
        line->setFixedHeight(1);
        line->setStyleSheet(u"background: %1"_s.arg(m_theme.color(Role::Line).name()));
        m_column->addSpacing(metric::kGrid);
        m_column->addWidget(line);
    }
    m_column->addWidget(
        textLabel(title, m_theme.font(TextSize::Tiny, TextWeight::Strong), u"hint"_s));
}

void FactColumn::addFacts(const QList<Fact> &facts)
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(metric::kGap);
    grid->setVerticalSpacing(metric::kGrid);
    grid->setColumnMinimumWidth(0, 88);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const Fact &fact : facts) {
        auto *name = textLabel(fact.name, m_theme.font(TextSize::Small), u"hint"_s);
        name->setWordWrap(false);
        auto *value = textLabel(fact.value,
                                fact.face == Fact::Face::Mono ? m_theme.mono(TextSize::Tiny)
                                                              : m_theme.font(TextSize::Small),
                                {});
        value->setToolTip(fact.hint);
        value->setAccessibleName(fact.name + u": "_s + fact.value);
        grid->addWidget(name, row, 0, Qt::AlignTop);
        grid->addWidget(value, row, 1, Qt::AlignTop);
        ++row;
    }
    m_column->addLayout(grid);
}

void FactColumn::addLink(const QString &text, const QString &hint, std::function<void()> open)
{
    auto *link = new LinkButton(m_theme, text);
    link->setProperty("tone", u"link"_s);
    link->setFont(m_theme.font(TextSize::Small));
    link->setToolTip(hint);
    link->setAccessibleName(text);
    link->setAccessibleDescription(hint);
    link->setCursor(Qt::PointingHandCursor);
    link->setFocusPolicy(Qt::StrongFocus);
    QObject::connect(link, &QToolButton::clicked, link, std::move(open));
    m_column->addWidget(link, 0, Qt::AlignLeft);
}

void FactColumn::addRaw(const QString &text, const QString &name)
{
    auto *view = new QPlainTextEdit;
    view->setPlainText(text);
    view->setReadOnly(true);
    view->setFont(m_theme.mono(TextSize::Tiny));
    view->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    view->setFixedHeight(kRawHeight);
    view->setAccessibleName(name);
    view->setTabChangesFocus(true);
    m_column->addWidget(view);
}

void FactColumn::addWidget(QWidget *widget)
{
    // A button is as wide as its words, however wide the column is.
    const bool isButton = qobject_cast<QAbstractButton *>(widget) != nullptr;
    m_column->addWidget(widget, 0, isButton ? Qt::AlignLeft : Qt::Alignment());
}

void FactColumn::finish()
{
    m_column->addStretch(1);
}

} // namespace chrona::ui
