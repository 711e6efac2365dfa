// SPDX-License-Identifier: AGPL-3.0-or-later
#include "rules.h"

#include <QTest>

using namespace chrona::tree;

/// Holds the repository to its rules. What to do about a finding stands in the finding.
class TestTree : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void repositoryKeepsItsRules();
};

void TestTree::repositoryKeepsItsRules()
{
    const auto tree = readTree(CHRONA_SOURCE_DIR);
    QVERIFY(tree.has_value());
    // Had the walk found nothing, nothing could be wrong.
    QVERIFY(tree->files.size() > 200);
    const Findings findings = checkAll(*tree);
    for (const Finding &finding : findings)
        qWarning("%s:%zu: %s", finding.path.c_str(), finding.line, finding.text.c_str());
    QCOMPARE(findings.size(), std::size_t(0));
}

QTEST_GUILESS_MAIN(TestTree)
#include "tst_tree.moc"
