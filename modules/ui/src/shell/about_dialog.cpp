// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/about_dialog.h"

#include "chrona/ui/theme.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

QLabel *paragraph(const Theme &theme, const QString &text, TextSize size, const char *tone)
{
    auto *label = new QLabel(text);
    label->setFont(theme.font(size));
    label->setWordWrap(true);
    label->setProperty("tone", QString::fromLatin1(tone));
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QLabel *heading(const Theme &theme, const QString &text)
{
    auto *label = new QLabel(text);
    label->setFont(theme.font(TextSize::Small, TextWeight::Strong));
    return label;
}

QFrame *hairline()
{
    auto *line = new QFrame;
    line->setFrameShape(QFrame::HLine);
    line->setFixedHeight(1);
    return line;
}

} // namespace

AboutDialog::AboutDialog(const Theme &theme, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("About Chrona"));
    setMinimumWidth(480);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 24, 24, 16);
    column->setSpacing(metric::kPadding);

    auto *mark = new QLabel;
    mark->setPixmap(
        theme.icon(u"brand"_s, Role::Accent).pixmap(QSize(32, 32), devicePixelRatioF()));
    auto *name = new QLabel(u"Chrona"_s);
    name->setFont(theme.font(TextSize::Display, TextWeight::Strong));
    column->addWidget(mark);
    column->addWidget(name);
    column->addWidget(paragraph(theme, tr("Version %1").arg(QApplication::applicationVersion()),
                                TextSize::Small, "hint"));
    column->addSpacing(4);
    auto *advice = heading(theme, tr("Research, not advice"));
    advice->setFont(theme.font(TextSize::Body, TextWeight::Strong));
    column->addWidget(advice);
    column->addWidget(paragraph(
        theme,
        tr("Chrona is a research instrument. It shows public information and statistics with their "
           "evidence. It gives no financial advice and does not trade."),
        TextSize::Small, "secondary"));
    column->addWidget(hairline());
    column->addWidget(heading(theme, tr("Data")));
    column->addWidget(paragraph(
        theme,
        tr("Base map made with Natural Earth (public domain). Each event names its source, licence "
           "and attribution in the inspector; the Sources view lists the terms of all of them."),
        TextSize::Small, "secondary"));
    column->addWidget(heading(theme, tr("Software")));
    column->addWidget(paragraph(
        theme,
        tr("Free software under the GNU Affero General Public License, version 3 or later, without "
           "any warranty. Built with Qt %1 (LGPL/GPL), PostgreSQL (PostgreSQL licence), OpenSSL "
           "(Apache-2.0), spdlog and fmt (MIT), and the Inter typeface (OFL-1.1).")
            .arg(QString::fromLatin1(qVersion())),
        TextSize::Small, "secondary"));
    column->addSpacing(8);
    column->addStretch(1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    resize(480, column->heightForWidth(480));
}

} // namespace chrona::ui
