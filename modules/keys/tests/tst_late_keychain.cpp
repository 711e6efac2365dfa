// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/key_entry.h"
#include "chrona/keys/signer_client.h"
#include "chrona/keys/test_keyring.h"
#include "chrona/keys/vault.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace chrona;
using namespace chrona::keys;
using namespace std::chrono_literals;

namespace {

constexpr int kLatePatienceMs = 60'000;
constexpr auto kLateService = "Chrona late";

Secret lateSecret(std::string text)
{
    return std::move(
        Secret::take({reinterpret_cast<std::uint8_t *>(text.data()), text.size()}).value());
}

std::string lateText(const Result<Secret> &secret)
{
    return secret ? std::string(secret->bytes().begin(), secret->bytes().end())
                  : "?" + describe(secret.error());
}

ErrorCode codeOf(const auto &result)
{
    return result ? ErrorCode::Conflict : result.error().code;
}

} // namespace

/// A real Secret Service that answers when nobody waits any more: held still by a signal, then let
/// go.
class TestLateKeychain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void answersThatComeLateChangeNothing();
    void aProcessMayEndBeforeItsAnswer();
    void nobodyWaitsForASignerThatWasGivenUp();

private:
    [[nodiscard]] std::unique_ptr<Vault> open(std::chrono::milliseconds patience)
    {
        auto vault = openKeychain(kLateService, patience);
        if (!vault)
            qWarning("%s", describe(vault.error()).c_str());
        return vault ? std::move(*vault) : nullptr;
    }
    /// Processes of signers that serve from this test's folder.
    [[nodiscard]] int signers() const
    {
        int count = 0;
        const QByteArray folder = m_folder.path().toUtf8();
        const QDir proc(QStringLiteral("/proc"));
        for (const QString &entry : proc.entryList(QDir::Dirs)) {
            QFile commandLine(proc.filePath(entry + QStringLiteral("/cmdline")));
            if (commandLine.open(QIODevice::ReadOnly)) {
                const QByteArray words = commandLine.readAll();
                count += words.startsWith(CHRONA_SIGNER) && words.contains(folder) ? 1 : 0;
            }
        }
        return count;
    }

    QTemporaryDir m_folder;
    TestKeyring m_keyring;
};

void TestLateKeychain::initTestCase()
{
#ifndef Q_OS_LINUX
    QSKIP("a keychain that is not the test's own cannot be held still");
#endif
    QVERIFY(m_folder.isValid());
    const auto started = m_keyring.start();
    QVERIFY2(started, started ? "" : describe(started.error()).c_str());
}

void TestLateKeychain::cleanup()
{
    m_keyring.resume();
}

void TestLateKeychain::answersThatComeLateChangeNothing()
{
    {
        const auto vault = open(60s);
        QVERIFY(vault);
        QVERIFY(vault->write("first", lateSecret("one")));
        QVERIFY(vault->write("second", lateSecret("two")));
    }
    auto hasty = open(100ms);
    QVERIFY(hasty);
    m_keyring.pause();
    for (int times = 0; times < 3; ++times)
        QVERIFY(codeOf(hasty->read("first")) == ErrorCode::Timeout);
    QVERIFY(codeOf(hasty->write("third", lateSecret("three"))) == ErrorCode::Timeout);
    QVERIFY(codeOf(hasty->remove("second")) == ErrorCode::Timeout);
    hasty.reset(); // who asked is gone before the answers come
    m_keyring.resume();
    // What is asked now is answered with what was asked, whatever comes beside it.
    const auto vault = open(60s);
    QVERIFY(vault);
    QCOMPARE(lateText(vault->read("second")), std::string("two"));
    QCOMPARE(lateText(vault->read("first")), std::string("one"));
    // The late write arrives. It is no key that is listed, for the writer was told that it failed.
    QTRY_COMPARE_WITH_TIMEOUT(lateText(vault->read("third")), std::string("three"),
                              kLatePatienceMs);
    QCOMPARE(vault->names().value(), (std::vector<std::string>{"first", "second"}));
    QVERIFY(vault->write("third", lateSecret("drei"))); // "try again" is what it was told
    QCOMPARE(lateText(vault->read("third")), std::string("drei"));
    QCOMPARE(vault->names().value().size(), std::size_t{3});
}

/// Its answer comes while it ends.
void TestLateKeychain::aProcessMayEndBeforeItsAnswer()
{
    {
        const auto vault = open(60s);
        QVERIFY(vault && vault->write("first", lateSecret("one")));
    }
    for (int times = 0; times < 8; ++times) {
        QProcess asker;
        asker.start(QStringLiteral(CHRONA_KEYCHAIN_ASKER),
                    {QString::fromLatin1(kLateService), QStringLiteral("first")});
        QVERIFY(asker.waitForStarted(kLatePatienceMs));
        QTRY_VERIFY_WITH_TIMEOUT(asker.canReadLine(), kLatePatienceMs);
        QCOMPARE(asker.readLine().trimmed(), QByteArray("open"));
        m_keyring.pause();
        asker.write("\n");
        QTRY_VERIFY_WITH_TIMEOUT(asker.canReadLine(), kLatePatienceMs);
        QCOMPARE(asker.readLine().trimmed(), QByteArray("timeout"));
        m_keyring.resume();
        QVERIFY(asker.state() == QProcess::NotRunning || asker.waitForFinished(kLatePatienceMs));
        QVERIFY2(asker.exitStatus() == QProcess::NormalExit,
                 asker.readAllStandardError().constData());
        QCOMPARE(asker.exitCode(), 0);
    }
}

/// The service stops while its signer waits for the keychain: neither the signer nor who reads keys
/// for it stays, to get a key later for nobody.
void TestLateKeychain::nobodyWaitsForASignerThatWasGivenUp()
{
    {
        const auto keys = openKeychain(kSigningService);
        QVERIFY(keys);
    }
    m_keyring.pause();
    std::stop_source stop;
    SignerClient::Options options;
    options.program = CHRONA_SIGNER;
    options.arguments = {"--data", m_folder.path().toStdString()};
    options.stop = stop.get_token();
    ErrorCode code{};
    std::jthread starting([&] { code = codeOf(SignerClient::start(options)); });
    QTRY_COMPARE_WITH_TIMEOUT(signers(), 2, kLatePatienceMs); // it, and its reader of keys
    stop.request_stop();
    starting.join();
    QVERIFY(code == ErrorCode::Cancelled);
    QTRY_COMPARE_WITH_TIMEOUT(signers(), 0, kLatePatienceMs / 4); // the keyring still holds still
}

QTEST_GUILESS_MAIN(TestLateKeychain)
#include "tst_late_keychain.moc"
