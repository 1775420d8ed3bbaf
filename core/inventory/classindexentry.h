#pragma once

#include "inventory/classindex.h"

/// One class as it is kept and searched: its texts behind each other, once as they are and once in
/// lower case, each ended by a NUL. Text 0 is the name, 1 the description, then name and
/// description of each member.
struct ClassIndex::Entry
{
    struct Member
    {
        KnownClass::Member::Kind kind;
        bool inherited;
    };
    explicit Entry(const KnownClass &known, bool withDescriptions = true);

    std::size_t textCount() const { return 2 + 2 * members.size(); }
    QString text(std::size_t number) const;
    QByteArrayView foldedText(std::size_t number) const;
    std::size_t size() const { return std::size_t(shown.size() + folded.size()); }

    QString superClass, foldedSuper;
    std::vector<Member> members;
    bool described, isAbstract;
    QByteArray shown, folded;
    std::vector<std::uint32_t> shownAt, foldedAt; ///< where each text begins, and the end

private:
    void add(const QString &text);
};
