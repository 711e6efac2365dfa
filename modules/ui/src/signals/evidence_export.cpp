// SPDX-License-Identifier: AGPL-3.0-or-later
#include "signals/evidence_export.h"

#include "text/names.h"
#include "text/time_text.h"

#include <QImage>
#include <QPainter>
#include <QSvgGenerator>

#include <array>
#include <cmath>
#include <limits>
#include <map>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

constexpr int kExportWidth = 1000;
constexpr int kExportMargin = 24;
constexpr int kHead = 56;
constexpr int kPlotHeight = 200;
constexpr int kNameHeight = 22;

QString numberField(double value)
{
    return std::isfinite(value) ? QString::number(value, 'g', 12) : QString();
}

QString dayField(double ms)
{
    return TimeText{}.date(Instant(std::chrono::milliseconds(static_cast<qint64>(ms))));
}

QString dayField(Instant instant)
{
    return TimeText{}.date(instant);
}

Error cannotWrite(const QString &path)
{
    return {ErrorCode::Unavailable, "cannot write " + path.toStdString(), "choose another folder",
            true};
}

} // namespace

QSize sizeOf(const EvidenceSheet &sheet)
{
    const auto plots = static_cast<int>(sheet.plots.size());
    return {kExportWidth, kHead + plots * (kPlotHeight + kNameHeight) + 2 * kExportMargin};
}

void paintSheet(QPainter &painter, const EvidenceSheet &sheet, const Theme &theme)
{
    painter.fillRect(QRect(QPoint(0, 0), sizeOf(sheet)), theme.color(Role::Surface1));
    const QRect head(kExportMargin, kExportMargin, kExportWidth - 2 * kExportMargin, kHead);
    painter.setFont(theme.font(TextSize::Title, TextWeight::Strong));
    painter.setPen(theme.color(Role::Text1));
    painter.drawText(head, Qt::AlignLeft | Qt::AlignTop, sheet.title);
    painter.setFont(theme.font(TextSize::Small));
    painter.setPen(theme.color(Role::Text2));
    painter.drawText(head.adjusted(0, 24, 0, 0), Qt::AlignLeft | Qt::AlignTop, sheet.note);
    int top = kExportMargin + kHead;
    for (const Plot *plot : sheet.plots) {
        painter.setFont(theme.font(TextSize::Small, TextWeight::Strong));
        painter.setPen(theme.color(Role::Text2));
        const PlotContent &content = plot->content();
        const QString unit = content.yName.isEmpty() ? QString() : u" · "_s + content.yName;
        painter.drawText(QRect(kExportMargin, top, head.width(), kNameHeight),
                         Qt::AlignLeft | Qt::AlignVCenter, content.name + unit);
        plot->renderTo(painter,
                       QRectF(kExportMargin, top + kNameHeight, head.width(), kPlotHeight));
        top += kNameHeight + kPlotHeight;
    }
}

Status writePng(const QString &path, const EvidenceSheet &sheet, const Theme &theme)
{
    constexpr int kScale = 2;
    QImage image(sizeOf(sheet) * kScale, QImage::Format_RGB32);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(kScale, kScale);
    paintSheet(painter, sheet, theme);
    painter.end();
    if (!image.save(path, "PNG"))
        return std::unexpected(cannotWrite(path));
    return {};
}

Status writeSvg(const QString &path, const EvidenceSheet &sheet, const Theme &theme)
{
    QSvgGenerator generator;
    generator.setFileName(path);
    generator.setTitle(sheet.title);
    generator.setResolution(96); // of a pixel in a browser
    generator.setSize(sizeOf(sheet));
    generator.setViewBox(QRect(QPoint(0, 0), sizeOf(sheet)));
    QPainter painter;
    if (!painter.begin(&generator))
        return std::unexpected(cannotWrite(path));
    paintSheet(painter, sheet, theme);
    if (!painter.end())
        return std::unexpected(cannotWrite(path));
    return {};
}

QByteArray seriesCsv(const ipc::SignalEntry &signal, const QList<QPointF> &feature,
                     const QList<QPointF> &prices)
{
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    std::map<QString, std::array<double, 2>> byDay; // ISO days sort as text
    for (const QPointF &point : feature)
        byDay.try_emplace(dayField(point.x()), std::array{kNone, kNone}).first->second[0] =
            point.y();
    for (const QPointF &point : prices)
        byDay.try_emplace(dayField(point.x()), std::array{kNone, kNone}).first->second[1] =
            point.y();
    QString text =
        u"day,%1,%2\n"_s.arg(csvField(fromUtf8(signal.feature)), csvField(fromUtf8(signal.target)));
    for (const auto &[day, values] : byDay)
        text += day + u',' + numberField(values[0]) + u',' + numberField(values[1]) + u'\n';
    return text.toUtf8();
}

QByteArray episodesCsv(const ipc::SignalEntry &signal)
{
    QString text = u"begin,end,feature_value,robust_z,forward_return,return_percentile\n"_s;
    const auto optional = [](std::optional<double> value) {
        return value ? numberField(*value) : QString();
    };
    for (const ipc::SignalEpisode &episode : signal.episodes)
        text += QStringList{dayField(episode.begin),           dayField(episode.end),
                            numberField(episode.featureValue), numberField(episode.robustZ),
                            optional(episode.forwardReturn),   optional(episode.returnPercentile)}
                    .join(u',') +
                u'\n';
    return text.toUtf8();
}

QByteArray effectsCsv(const ipc::SignalEntry &signal)
{
    QString text = u"part,begin,end,lag,horizon,effect,days\n"_s;
    const auto optional = [](std::optional<double> value) {
        return value ? numberField(*value) : QString();
    };
    const auto add = [&](const QStringList &fields) { text += fields.join(u',') + u'\n'; };
    const QString lag = QString::number(signal.lag);
    const QString horizon = QString::number(signal.horizon);
    for (const ipc::SignalBlock &block : signal.blocks)
        add({u"block"_s,
             dayField(block.begin),
             dayField(block.end),
             lag,
             horizon,
             optional(block.effect),
             {}});
    for (const ipc::SignalRegime &regime : signal.regimes)
        add({csvField(fromUtf8(regime.regime)),
             {},
             {},
             lag,
             horizon,
             optional(regime.effect),
             optional(regime.rows)});
    for (const ipc::SignalFold &fold : signal.folds)
        add({u"fold"_s, dayField(fold.begin), dayField(fold.end), QString::number(fold.lag),
             QString::number(fold.horizon), optional(fold.effect), optional(fold.rows)});
    return text.toUtf8();
}

} // namespace chrona::ui
