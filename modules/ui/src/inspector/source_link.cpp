// SPDX-License-Identifier: AGPL-3.0-or-later
#include "inspector/source_link.h"

#include "chrona/ui/theme.h"
#include "inspector/fact_sections.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollArea>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

struct SourceLinkText {
    Q_DECLARE_TR_FUNCTIONS(SourceLink)
};

} // namespace

QScrollArea *makeFactArea(const QString &accessibleName, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFrameShape(QFrame::NoFrame);
    area->setAccessibleName(accessibleName);
    return area;
}

void addSourceLink(FactColumn &column, const Theme &theme, const QString &address, QWidget *parent)
{
    if (address.isEmpty())
        return;
    auto *link = new QPushButton(theme.icon(u"link"_s, Role::Accent),
                                 SourceLinkText::tr("Open at the source…"));
    link->setToolTip(address);
    QObject::connect(link, &QPushButton::clicked, parent,
                     [address, parent] { openSourceLink(address, parent); });
    column.addWidget(link);
}

void openSourceLink(const QString &address, QWidget *parent)
{
    const QUrl url(address, QUrl::StrictMode);
    const bool isWeb = url.scheme() == u"https" || url.scheme() == u"http";
    if (!isWeb || url.host().isEmpty())
        return;
    auto *box = new QMessageBox(QMessageBox::Question, SourceLinkText::tr("Open in the browser?"),
                                SourceLinkText::tr("This leaves Chrona and opens %1.")
                                    .arg(url.host()),
                                QMessageBox::Open | QMessageBox::Cancel, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(url.toDisplayString());
    QObject::connect(box->button(QMessageBox::Open), &QPushButton::clicked, box,
                     [url] { QDesktopServices::openUrl(url); });
    box->open();
}

} // namespace chrona::ui
