// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/first_run_dialog.h"

#include "chrona/ui/theme.h"

#include <QEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

/// A large button: icon, title and what happens when it is pressed.
class ChoiceCard final : public QAbstractButton {
public:
    ChoiceCard(const Theme &theme, QString icon, const QString &title, const QString &detail,
               const QString &foot, QWidget *parent) :
        QAbstractButton(parent), m_theme(theme), m_icon(std::move(icon))
    {
        setText(title);
        setAccessibleName(title);
        setAccessibleDescription(detail);
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::PointingHandCursor);
        setAttribute(Qt::WA_Hover);
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(16, 52, 16, 14);
        column->setSpacing(6);
        column->addWidget(line(title, theme.font(TextSize::Title, TextWeight::Strong), {}));
        column->addWidget(line(detail, theme.font(TextSize::Small), u"secondary"_s), 1);
        column->addWidget(line(foot, theme.font(TextSize::Tiny), u"hint"_s));
    }

    QSize sizeHint() const override { return {264, 196}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool lit = underMouse() || hasFocus();
        painter.setPen(QPen(m_theme.color(hasFocus() ? Role::Accent : Role::Line), 1));
        painter.setBrush(m_theme.color(lit ? Role::Surface2 : Role::Surface1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
        m_theme.icon(m_icon, Role::Accent).paint(&painter, QRect(16, 18, 24, 24));
    }

private:
    static QLabel *line(const QString &text, const QFont &font, const QString &tone)
    {
        auto *label = new QLabel(text);
        label->setFont(font);
        label->setWordWrap(true);
        label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        label->setProperty("tone", tone);
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
        return label;
    }

    const Theme &m_theme;
    QString m_icon;
};

} // namespace

FirstRunDialog::FirstRunDialog(const Theme &theme, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Welcome to Chrona"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 20);
    column->setSpacing(metric::kPadding);
    auto *title = new QLabel(tr("What would you like to look at?"));
    title->setFont(theme.font(TextSize::Display, TextWeight::Strong));
    column->addWidget(title);
    auto *detail = new QLabel(tr("You can change this at any time in the main menu under Data."));
    detail->setFont(theme.font(TextSize::Small));
    detail->setProperty("tone", u"secondary"_s);
    column->addWidget(detail);
    column->addSpacing(8);

    auto *row = new QHBoxLayout;
    row->setSpacing(metric::kGap);
    auto *sample = new ChoiceCard(
        theme, u"globe"_s, tr("Explore the sample world"),
        tr("Six years of made-up events, prices and releases with planted connections. Everything "
           "in it is marked synthetic and can be removed with one command."),
        tr("No network, no keys · first events in seconds"), this);
    auto *live = new ChoiceCard(
        theme, u"sources"_s, tr("Connect live sources"),
        tr("Public streams that need no key begin at once, within the terms of each. The Sources "
           "view shows what is asked, how often, and under which licence."),
        tr("Uses the network · first events in a minute"), this);
    connect(sample, &QAbstractButton::clicked, this, [this] { choose(Choice::SampleWorld); });
    connect(live, &QAbstractButton::clicked, this, [this] { choose(Choice::LiveSources); });
    row->addWidget(sample);
    row->addWidget(live);
    column->addLayout(row);
    column->addSpacing(4);
    auto *advice = new QLabel(tr("Chrona is for research. It gives no financial advice."));
    advice->setFont(theme.font(TextSize::Tiny));
    advice->setProperty("tone", u"hint"_s);
    column->addWidget(advice);
    setFixedWidth(600);
}

void FirstRunDialog::choose(Choice choice)
{
    m_choice = choice;
    accept();
}

} // namespace chrona::ui
