// SPDX-License-Identifier: AGPL-3.0-or-later
#include "assistive_bus.h"

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>

#include <algorithm>

namespace chrona::ui::test {

namespace {

using namespace Qt::StringLiterals;

constexpr int kAnswerMs = 20'000; ///< a loaded machine
constexpr const char *kRoot = "/org/a11y/atspi/accessible/root";
constexpr const char *kAccessible = "org.a11y.atspi.Accessible";

struct Place {
    QString application, path;
};

std::vector<Place> placesOf(const QVariant &value)
{
    std::vector<Place> places;
    const auto list = value.value<QDBusArgument>();
    list.beginArray();
    while (!list.atEnd()) {
        QString application;
        QDBusObjectPath path;
        list.beginStructure();
        list >> application >> path;
        list.endStructure();
        places.push_back({application, path.path()});
    }
    list.endArray();
    return places;
}

QVariant asked(const QDBusConnection &bus, QDBusMessage call)
{
    const QDBusMessage reply = bus.call(call, QDBus::Block, kAnswerMs);
    return reply.type() == QDBusMessage::ReplyMessage ? reply.arguments().value(0) : QVariant();
}

QDBusMessage callOf(const QString &application, const QString &path, const char *method)
{
    return QDBusMessage::createMethodCall(application, path, QLatin1StringView(kAccessible),
                                          QLatin1StringView(method));
}

/// Their children are rows and cells, which are as many as there are events.
bool isLong(const QString &role)
{
    static const QStringList kLong{u"table"_s, u"tree"_s, u"tree table"_s, u"list"_s,
                                   u"list box"_s};
    return kLong.contains(role);
}

} // namespace

QString Heard::toString() const
{
    return u"%1: \"%2\" in %3"_s.arg(role, name, ancestors.join(u" < "_s));
}

AssistiveBus::AssistiveBus() : m_bus(QStringLiteral("none"))
{
    const QVariant address =
        asked(QDBusConnection::sessionBus(),
              QDBusMessage::createMethodCall(u"org.a11y.Bus"_s, u"/org/a11y/bus"_s,
                                             u"org.a11y.Bus"_s, u"GetAddress"_s));
    if (address.isValid())
        m_bus = QDBusConnection::connectToBus(address.toString(), u"chrona-test-reader"_s);
}

QString AssistiveBus::ownApplication() const
{
    const QVariant children =
        asked(m_bus, callOf(u"org.a11y.atspi.Registry"_s, QLatin1StringView(kRoot), "GetChildren"));
    if (!children.isValid())
        return {};
    for (const Place &place : placesOf(children)) {
        QDBusMessage call = QDBusMessage::createMethodCall(
            u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s, u"org.freedesktop.DBus"_s,
            u"GetConnectionUnixProcessID"_s);
        call << place.application;
        if (asked(m_bus, call).toLongLong() == QCoreApplication::applicationPid())
            return place.application;
    }
    return {};
}

QVariant AssistiveBus::property(const QString &application, const QString &path,
                                const char *name) const
{
    QDBusMessage call = QDBusMessage::createMethodCall(
        application, path, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    call << QLatin1StringView(kAccessible).toString() << QLatin1StringView(name).toString();
    return asked(m_bus, call).value<QDBusVariant>().variant();
}

QStringList AssistiveBus::childrenOf(const QString &application, const QString &path,
                                     int most) const
{
    QStringList paths;
    const int count = property(application, path, "ChildCount").toInt();
    if (count > most) {
        for (int at = 0; at < most; ++at) {
            QDBusMessage call = callOf(application, path, "GetChildAtIndex");
            call << at;
            const auto place = asked(m_bus, call).value<QDBusArgument>();
            QString bus;
            QDBusObjectPath child;
            place.beginStructure();
            place >> bus >> child;
            place.endStructure();
            paths += child.path();
        }
        return paths;
    }
    const QVariant children = asked(m_bus, callOf(application, path, "GetChildren"));
    if (children.isValid())
        for (const Place &place : placesOf(children))
            paths += place.path;
    return paths;
}

Heard AssistiveBus::at(const QString &application, const QString &path) const
{
    Heard heard;
    heard.path = path;
    heard.name = property(application, path, "Name").toString();
    heard.children = property(application, path, "ChildCount").toInt();
    heard.role = asked(m_bus, callOf(application, path, "GetRoleName")).toString();
    const auto states =
        qdbus_cast<QList<uint>>(asked(m_bus, callOf(application, path, "GetState")));
    for (qsizetype at = 0; at < std::min<qsizetype>(states.size(), 2); ++at)
        heard.states |= std::uint64_t{states[at]} << 32 * at;
    return heard;
}

std::vector<Heard> AssistiveBus::walk(const QString &application, int first,
                                      const QString &path) const
{
    std::vector<Heard> all;
    std::vector<std::pair<QString, QStringList>> waiting{
        {path.isEmpty() ? QString(QLatin1StringView(kRoot)) : path, {}}};
    while (!waiting.empty()) {
        const auto [here, ancestors] = std::move(waiting.back());
        waiting.pop_back();
        Heard heard = at(application, here);
        heard.ancestors = ancestors;
        const QStringList below = QStringList{u"%1 %2"_s.arg(heard.role, heard.name)} + ancestors;
        const int most = isLong(heard.role) ? first : 500;
        QStringList children = childrenOf(application, here, most);
        std::ranges::reverse(children);
        for (const QString &child : std::as_const(children))
            waiting.emplace_back(child, below);
        all.push_back(std::move(heard));
    }
    return all;
}

} // namespace chrona::ui::test
