// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/base/result.h"
#include "chrona/report/pages.h"

#include <QImage>
#include <QObject>
#include <QThread>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace chrona::ui {

/// Lays out a briefing's pages, paints them and writes them to files on a thread of its own: texts
/// keep fonts of the thread that laid them out, so the pages never leave it; what leaves are the
/// plan and pictures. Thread rule: create, call and destroy on the UI thread. A newer layout stops
/// an older one.
class PageWorker final : public QObject {
    Q_OBJECT
public:
    explicit PageWorker(QObject *parent);
    ~PageWorker() override;

    void layOut(const schema::Briefing &briefing, report::PageSize size);
    /// The layout under way ends without pages.
    void cancel();
    [[nodiscard]] bool isLayingOut() const { return m_isLayingOut; }

    struct PictureSize {
        double scale = 1; ///< pixels of the screen for a point
        double ratio = 1; ///< device pixels for one of them
    };
    /// Of a page of the newest plan; answered by pictureReady.
    void askPicture(std::size_t page, const PictureSize &size);
    /// Pictures that were asked for are no longer wanted.
    void forgetPictures() { ++*m_pictureEra; }

    using Work = std::function<Status()>;
    using Done = std::function<void(const Status &)>;
    /// Runs `work` after what is under way; `done` comes here, unless this is gone by then.
    void run(Work work, Done done);

Q_SIGNALS:
    void laidOut(std::shared_ptr<const chrona::report::PagePlan> plan);
    void cancelled();
    void progressed(int done, int total);
    void pictureReady(std::size_t page, double scale, const QImage &picture);

private:
    void finish(quint64 ticket, std::shared_ptr<const report::PagePlan> plan);

    QThread m_thread;
    QObject *m_anchor;                                     ///< lives on the thread
    std::shared_ptr<std::optional<report::Pages>> m_pages; ///< the thread's
    std::stop_source m_stop;
    quint64 m_ticket = 0;
    bool m_isLayingOut = false;
    std::shared_ptr<std::atomic<quint64>> m_pictureEra;
};

} // namespace chrona::ui
