// SPDX-License-Identifier: AGPL-3.0-or-later
#include "core_file.h"
#include "programs.h"
#include "served_values.h"

#include "chrona/flare/oracle_world.h"
#include "chrona/keys/test_keyring.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QScopeGuard>
#include <QSet>
#include <QTest>
#include <QTimeZone>

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace chrona;
using namespace chrona::e2e;

namespace {

/// The test providers' keys are bytes of one kind with the role at the end.
constexpr char kKeyByte = '\x11';
struct EnrolledKey {
    const char *name, *duty;
    char role;
};
constexpr EnrolledKey kKeys[] = {{"e2e-submit", "submit", 1},
                                 {"e2e-signatures", "submit-signatures", 2},
                                 {"e2e-policy", "signing-policy", 3}};

QByteArray secretOf(const EnrolledKey &key)
{
    return QByteArray(31, kKeyByte) + key.role;
}

/// Every form in which a key would be recognised.
QList<QByteArray> canaries()
{
    QList<QByteArray> all;
    for (const EnrolledKey &key : kKeys) {
        const QByteArray secret = secretOf(key);
        QByteArray reversed = secret; // as numbers lie in memory
        std::ranges::reverse(reversed);
        all += {secret, secret.toHex(), secret.toBase64(), reversed};
    }
    return all;
}

/// Whether one of these is in the memory that a process can have written, which is what a core file
/// would hold. Nothing where the memory cannot be read.
std::optional<bool> memoryHolds(qint64 pid, const QList<QByteArray> &wanted)
{
    QFile maps(u"/proc/%1/maps"_s.arg(pid));
    const int memory = ::open(u"/proc/%1/mem"_s.arg(pid).toUtf8().constData(), O_RDONLY);
    if (memory < 0 || !maps.open(QIODevice::ReadOnly))
        return std::nullopt;
    const auto closing = qScopeGuard([memory] { ::close(memory); });
    qint64 all = 0;
    const QByteArray list = maps.readAll();
    for (const QByteArray &line : list.split('\n')) {
        const QList<QByteArray> words = line.simplified().split(' ');
        const QList<QByteArray> ends = words.value(0).split('-');
        if (ends.size() != 2 || !words.value(1).startsWith("rw") || line.contains("[v"))
            continue;
        const qint64 begin = ends[0].toLongLong(nullptr, 16);
        QByteArray bytes(ends[1].toLongLong(nullptr, 16) - begin, Qt::Uninitialized);
        const qint64 read =
            ::pread(memory, bytes.data(), static_cast<std::size_t>(bytes.size()), begin);
        bytes.truncate(std::max<qint64>(read, 0));
        all += bytes.size();
        if (std::ranges::any_of(wanted, [&](const QByteArray &each) {
                return bytes.contains(each);
            }))
            return true;
    }
    return all > 0 ? std::optional(false) : std::nullopt;
}

} // namespace

/// A provider's rounds from a shell: keys in a real keyring, the real signer, a real EVM. And the
/// keys are nowhere else afterwards.
class TestFlareSubmit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void keysAreEnrolled();
    void aRoundIsHandedInSignedAndFinalised();
    void actionsAreSentWhereAKeyIsHeld();
    void memoryHoldsNoKey();
    void noFileHoldsAKey();
    void aCoreFileHoldsNoKey();

private:
    [[nodiscard]] Ran run(const QStringList &words) const { return m_programs.chronactl(words); }
    [[nodiscard]] Ran enroll(const EnrolledKey &key, const QStringList &more = {}) const;
    [[nodiscard]] QList<QJsonObject> listed(const QString &verb) const;
    /// Of our transaction for a purpose in a round; empty: there is none.
    [[nodiscard]] QString stateOf(const char *purpose, flare::RoundId round) const;
    [[nodiscard]] bool comes(const char *purpose, flare::RoundId round, const char *state) const;
    /// One round from commit to finality; false where this machine was too slow for one of its
    /// windows, which is no fault.
    [[nodiscard]] bool playRound(flare::RoundId round);
    [[nodiscard]] flare::Seconds start(flare::RoundId round) const
    {
        return ftso::startOf(m_world->timing, round);
    }
    [[nodiscard]] QString identity() const
    {
        return QString::fromStdString(ethereum::toChecksummed(m_world->providers[0].identity));
    }
    [[nodiscard]] qint64 signer() const;

    keys::TestKeyring m_keyring;
    Programs m_programs;
    ServedValues m_values;
    std::unique_ptr<flare::EvmNode> m_node;
    std::unique_ptr<flare::OracleWorld> m_world;
    flare::RoundId m_round = 0; ///< the next one that is empty
};

void TestFlareSubmit::initTestCase()
{
    const Status keyring = m_keyring.start();
    QVERIFY2(keyring, keyring ? "" : describe(keyring.error()).c_str());
    // The signer signs results of rounds near the present only, so the chain has the time of day.
    const auto network = ftso::networkNamed("coston2").value();
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const flare::RoundId present =
        ftso::votingEpochAt(network, now.time_since_epoch().count());
    const auto epoch =
        static_cast<std::uint32_t>(ftso::expectedRewardEpoch(network, present));
    const flare::RoundId first = ftso::expectedFirstRound(network, epoch);
    const QString date =
        QDateTime::fromSecsSinceEpoch(ftso::startOf(network, first - 2), QTimeZone::UTC)
            .toString(Qt::ISODate);
    qputenv("CHRONA_EVM_DATE", date.toLatin1());
    m_node = std::make_unique<flare::EvmNode>();
    m_world = std::make_unique<flare::OracleWorld>(*m_node, 5, epoch);
    m_node->setAutomine(false);
    // Near the present, with the rounds before it that its random needs, and room for some more.
    m_round = std::clamp(present, first + 22, first + 225);
    for (flare::RoundId each = first - 1; each <= m_round; ++each)
        m_node->mineAt(start(each));
    QVERIFY(m_programs.startService());
    for (const QStringList &setting :
         {QStringList{u"flare.rpc"_s, QString::fromStdString(m_node->url())},
          QStringList{u"flare.this_machine"_s, u"true"_s},
          QStringList{u"flare.values"_s, m_values.url()}})
        QCOMPARE(run(QStringList{u"config"_s, u"set"_s} + setting).code, 0);
}

Ran TestFlareSubmit::enroll(const EnrolledKey &key, const QStringList &more) const
{
    const auto process = m_programs.launchChronactl(
        QStringList{u"key"_s, u"add"_s, QLatin1StringView(key.name), u"--duty"_s,
                    QLatin1StringView(key.duty)} +
        more);
    process->write("0x" + secretOf(key).toHex() + "\n");
    process->closeWriteChannel();
    if (!process->waitForFinished(60'000))
        return {-1, {}, u"chronactl did not end in time"_s};
    return {process->exitCode(), QString::fromUtf8(process->readAllStandardOutput()),
            QString::fromUtf8(process->readAllStandardError())};
}

void TestFlareSubmit::keysAreEnrolled()
{
    const auto named = [](const flare::Address &address) {
        return QString::fromStdString(ethereum::toChecksummed(address));
    };
    const QStringList contracts{u"--relay"_s,          named(m_world->relay),
                                u"--systems-manager"_s, named(m_world->duties),
                                u"--voter-registry"_s,  named(m_world->duties)};
    for (const EnrolledKey &key : kKeys) {
        const Ran added = enroll(key, key.role == 3 ? contracts : QStringList{});
        QVERIFY2(added.code == 0, qPrintable(added.err));
        QVERIFY2(!added.out.contains(QLatin1StringView(secretOf(key).toHex())) &&
                     added.out.contains(u"coston2"_s),
                 qPrintable(added.out));
    }
}

QList<QJsonObject> TestFlareSubmit::listed(const QString &verb) const
{
    QList<QJsonObject> rows;
    const QString text = run({u"oracle"_s, verb, u"--json"_s}).out;
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts))
        rows.append(QJsonDocument::fromJson(line.toUtf8()).object());
    return rows;
}

QString TestFlareSubmit::stateOf(const char *purpose, flare::RoundId round) const
{
    for (const QJsonObject &each : listed(u"transactions"_s))
        if (each[u"purpose"_s].toString() == QLatin1StringView(purpose) &&
            each[u"round"_s].toInteger() == round)
            return each[u"state"_s].toString();
    return {};
}

bool TestFlareSubmit::comes(const char *purpose, flare::RoundId round, const char *state) const
{
    return QTest::qWaitFor(
        [&] { return stateOf(purpose, round) == QLatin1StringView(state); }, 30'000);
}

bool TestFlareSubmit::playRound(flare::RoundId round)
{
    const std::vector<ftso::FeedValue> others{10'001, 100'001, 100'000'001};
    for (std::size_t i = 1; i < m_world->providers.size(); ++i)
        m_world->commit(m_world->providers[i], round, others);
    m_node->mineAt(start(round) + 75);
    if (!comes("commit", round, "sent"))
        return false;
    m_node->mineAt(start(round) + 80);
    if (!comes("commit", round, "mined"))
        return false;
    for (std::size_t i = 1; i < m_world->providers.size(); ++i)
        m_world->reveal(m_world->providers[i], round);
    m_node->mineAt(start(round + 1) + 20);
    if (!comes("reveal", round, "sent"))
        return false;
    m_node->mineAt(start(round + 1) + 30);
    if (!comes("reveal", round, "mined"))
        return false;
    m_node->mineAt(start(round + 1) + 46);
    if (!comes("sign", round, "sent"))
        return false;
    m_node->mineAt(start(round + 1) + 50);
    if (!comes("sign", round, "mined"))
        return false;
    // The others sign what this provider computed; the relay takes it only if it is well formed.
    const auto rounds = listed(u"rounds"_s);
    const auto found = std::ranges::find_if(rounds, [round](const QJsonObject &each) {
        return each[u"round"_s].toInteger() == round;
    });
    if (found == rounds.end())
        return false;
    ftso::ProtocolMessage result;
    result.votingRoundId = static_cast<std::uint32_t>(round);
    result.isSecureRandom = (*found)[u"secure"_s].toBool();
    result.merkleRoot =
        ethereum::parseBytes32((*found)[u"root"_s].toString().toStdString()).value();
    for (std::size_t i = 1; i < m_world->providers.size(); ++i)
        m_world->sign(m_world->providers[i], result);
    m_node->mineAt(start(round + 1) + 67); // everybody may finalise
    if (!comes("finalise", round, "sent"))
        return false;
    m_node->mineAt(start(round + 1) + 70);
    return comes("finalise", round, "mined");
}

void TestFlareSubmit::aRoundIsHandedInSignedAndFinalised()
{
    const Ran started = run({u"flare"_s, u"submit"_s, u"--identity"_s, identity()});
    QVERIFY2(started.code == 0, qPrintable(started.err));
    QTRY_COMPARE_WITH_TIMEOUT(
        QJsonDocument::fromJson(run({u"flare"_s, u"status"_s, u"--json"_s}).out.toUtf8())
            .object()[u"indexed_block"_s]
            .toInteger(),
        static_cast<qint64>(m_node->head()), 60'000);
    bool isDone = false;
    for (int attempt = 0; attempt < 5 && !isDone; ++attempt, m_round += 2)
        isDone = playRound(m_round);
    if (!isDone)
        QFAIL(qPrintable(run({u"flare"_s, u"status"_s}).out +
                         run({u"oracle"_s, u"transactions"_s}).out));
    const flare::RoundId round = m_round - 2;
    const auto verdict = [&] {
        for (const QJsonObject &each : listed(u"rounds"_s))
            if (each[u"round"_s].toInteger() == round)
                return each[u"verdict"_s].toString();
        return QString();
    };
    QTRY_COMPARE_WITH_TIMEOUT(verdict(), u"agrees"_s, 60'000);
    int own = 0;
    for (const QJsonObject &each : listed(u"submissions"_s)) {
        if (each[u"round"_s].toInteger() != round || each[u"identity"_s].toString() != identity())
            continue;
        ++own;
        for (const char *part : {"commit", "reveal", "signature"})
            QCOMPARE(each[QLatin1StringView(part)].toString(), u"in_time"_s);
    }
    QCOMPARE(own, 1);
    // Each said once, with a nonce of its own.
    QSet<QString> said;
    for (const QJsonObject &each : listed(u"transactions"_s)) {
        if (each[u"state"_s].toString() == u"given_up"_s)
            continue; // its nonce is another's by now
        const QString what =
            u"%1 %2"_s.arg(each[u"sender"_s].toString()).arg(each[u"nonce"_s].toInteger());
        QVERIFY2(!said.contains(what), qPrintable(what));
        said.insert(what);
    }
    QFile audit(m_programs.dataFolder() + u"/signer-audit.log"_s);
    QVERIFY(audit.open(QIODevice::ReadOnly));
    const QByteArray lines = audit.readAll();
    for (const EnrolledKey &key : kKeys)
        QVERIFY2(lines.contains(key.name), lines.constData());
}

void TestFlareSubmit::actionsAreSentWhereAKeyIsHeld()
{
    // No key was enrolled for delegation: what is asked for is refused and not sent.
    const QString delegate =
        QString::fromStdString(ethereum::toChecksummed(m_world->providers[1].delegation));
    const Ran refused = run({u"flare"_s, u"delegate"_s, delegate + u"=50"_s, u"--send"_s});
    QVERIFY2(refused.code != 0, qPrintable(refused.out));
    QVERIFY2(refused.err.contains(u"holds no key"_s), qPrintable(refused.err));
    const auto transactions = listed(u"transactions"_s);
    QVERIFY(std::ranges::none_of(transactions, [](const QJsonObject &each) {
        return each[u"purpose"_s].toString() == u"delegate"_s;
    }));
}

qint64 TestFlareSubmit::signer() const
{
    const QDir proc(u"/proc"_s);
    for (const QString &entry : proc.entryList(QDir::Dirs)) {
        QFile commandLine(proc.filePath(entry + u"/cmdline"_s));
        if (commandLine.open(QIODevice::ReadOnly)) {
            const QByteArray words = commandLine.readAll();
            if (words.contains("chrona-signer") &&
                words.contains(m_programs.dataFolder().toUtf8()))
                return entry.toLongLong();
        }
    }
    return 0;
}

void TestFlareSubmit::memoryHoldsNoKey()
{
#ifdef Q_OS_LINUX
    const qint64 service = m_programs.service().processId();
    const auto control = memoryHolds(service, {identity().toUtf8()});
    if (!control)
        QSKIP("this system lets nobody look into a process");
    QVERIFY(*control); // what is there is found
    QCOMPARE(memoryHolds(service, canaries()), std::optional(false));
    // The one process that has them cannot be looked into, and leaves no core.
    qint64 own = 0;
    QTRY_VERIFY_WITH_TIMEOUT((own = signer()) > 0, 60'000);
    QVERIFY(!memoryHolds(own, canaries()));
    QFile limits(u"/proc/%1/limits"_s.arg(own));
    QVERIFY(limits.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = limits.readAll().split('\n');
    const auto core = std::ranges::find_if(
        lines, [](const QByteArray &line) { return line.startsWith("Max core file size"); });
    QVERIFY(core != lines.end());
    QCOMPARE(core->mid(18).simplified().left(4), QByteArray("0 0 "));
#endif
}

void TestFlareSubmit::noFileHoldsAKey()
{
    QVERIFY(m_programs.stopService());
    int files = 0;
    bool isControlFound = false;
    QDirIterator every(m_programs.dataFolder(), QDir::Files | QDir::Hidden,
                       QDirIterator::Subdirectories);
    while (every.hasNext()) {
        QFile file(every.next());
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        const QByteArray content = file.readAll();
        ++files;
        isControlFound |= content.contains(identity().toUtf8());
        for (const QByteArray &canary : canaries())
            QVERIFY2(!content.contains(canary), qPrintable(file.fileName()));
    }
    QVERIFY(files > 500); // the database's own are among them
    QVERIFY(isControlFound);
}

void TestFlareSubmit::aCoreFileHoldsNoKey()
{
    QVERIFY(QDir::setCurrent(m_programs.dataFolder())); // where the service may write one
    QVERIFY(m_programs.startService());
    QTRY_VERIFY_WITH_TIMEOUT(signer() > 0, 60'000);
    QFile file(crashForCore(m_programs.service()).value_or(QString()));
    if (!file.open(QIODevice::ReadOnly))
        QSKIP("this system writes no core file where it can be found");
    const auto *bytes = reinterpret_cast<const char *>(file.map(0, file.size()));
    QVERIFY(bytes != nullptr);
    const QByteArray content = QByteArray::fromRawData(bytes, file.size());
    QVERIFY(content.contains(identity().toUtf8())); // what is there is found
    for (const QByteArray &canary : canaries())
        QVERIFY(!content.contains(canary));
}

QTEST_GUILESS_MAIN(TestFlareSubmit)
#include "tst_flare_submit.moc"
