#pragma once

#include "demo/demoinstance.h"
#include "demo/soapfault.h"
#include "document/document.h"

/// Reads the values of a request's body: properties of an instance, parameters of a method.
struct DemoReader
{
    const DemoSchema &schema;
    std::uint32_t typeCode = code::invalidValues; ///< of the fault for a value of the wrong type

    /// All elements of one name, in their order: one, or one for each item of an array. Throws
    /// SoapFault.
    DemoValue value(const DemoProperty &property, const std::vector<Node> &elements) const;
    /// Properties that the body names; the others stay as they are in `object`. `named` tells
    /// which.
    void properties(Node body, DemoObject &object, std::vector<int> &named) const;

private:
    DemoValue one(const DemoProperty &property, Node element) const;
    std::shared_ptr<const DemoObject> reference(Node element) const;
    [[noreturn]] void refuse(const DemoProperty &property, std::string_view text) const;
};

bool sameValue(const DemoValue &a, const DemoValue &b);
