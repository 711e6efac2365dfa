// SPDX-License-Identifier: AGPL-3.0-or-later
#include "briefing/page_worker.h"

#include <QPainter>

namespace chrona::ui {

PageWorker::PageWorker(QObject *parent)
    : QObject(parent), m_anchor(new QObject),
      m_pages(std::make_shared<std::optional<report::Pages>>()),
      m_pictureEra(std::make_shared<std::atomic<quint64>>(0))
{
    m_thread.setObjectName(QStringLiteral("pages"));
    m_anchor->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_anchor, &QObject::deleteLater);
    m_thread.start();
}

PageWorker::~PageWorker()
{
    m_stop.request_stop();
    forgetPictures();
    // The fonts in the pages go where they came from.
    QMetaObject::invokeMethod(
        m_anchor, [pages = m_pages] { pages->reset(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void PageWorker::layOut(const schema::Briefing &briefing, report::PageSize size)
{
    m_stop.request_stop();
    m_stop = {};
    forgetPictures();
    m_isLayingOut = true;
    const quint64 ticket = ++m_ticket;
    auto shared = std::make_shared<const schema::Briefing>(briefing);
    QMetaObject::invokeMethod(
        m_anchor,
        [this, shared, size, ticket, pages = m_pages, stop = m_stop.get_token()] {
            const auto tell = [this, ticket](std::size_t done, std::size_t total) {
                QMetaObject::invokeMethod(
                    this,
                    [this, ticket, done, total] {
                        if (ticket == m_ticket)
                            Q_EMIT progressed(static_cast<int>(done), static_cast<int>(total));
                    },
                    Qt::QueuedConnection);
            };
            auto laid = report::Pages::layOut(*shared, size, stop, tell);
            auto plan = laid ? laid->plan() : nullptr;
            if (laid)
                *pages = std::move(laid);
            QMetaObject::invokeMethod(
                this, [this, ticket, plan] { finish(ticket, plan); }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

void PageWorker::finish(quint64 ticket, std::shared_ptr<const report::PagePlan> plan)
{
    if (ticket != m_ticket)
        return;
    m_isLayingOut = false;
    if (plan)
        Q_EMIT laidOut(std::move(plan));
    else
        Q_EMIT cancelled();
}

void PageWorker::cancel()
{
    m_stop.request_stop();
}

void PageWorker::askPicture(std::size_t page, const PictureSize &size)
{
    QMetaObject::invokeMethod(
        m_anchor,
        [this, page, size, pages = m_pages, era = m_pictureEra, wanted = m_pictureEra->load()] {
            if (era->load() != wanted || !*pages || page >= (*pages)->plan()->count)
                return;
            QImage picture(((*pages)->plan()->size * size.scale * size.ratio).toSize(),
                           QImage::Format_RGB32);
            picture.fill(Qt::white); // paper is white in any theme: this is what prints
            QPainter painter(&picture);
            painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
            painter.scale(size.scale * size.ratio, size.scale * size.ratio);
            (*pages)->paint(painter, page);
            painter.end();
            picture.setDevicePixelRatio(size.ratio);
            QMetaObject::invokeMethod(
                this,
                [this, page, picture, scale = size.scale, era, wanted] {
                    if (era->load() == wanted)
                        Q_EMIT pictureReady(page, scale, picture);
                },
                Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

void PageWorker::run(Work work, Done done)
{
    QMetaObject::invokeMethod(
        m_anchor,
        [this, work = std::move(work), done = std::move(done)] {
            auto status = std::make_shared<Status>(work());
            QMetaObject::invokeMethod(
                this, [done, status] { done(*status); }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

} // namespace chrona::ui
