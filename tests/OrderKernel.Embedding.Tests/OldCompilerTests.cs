using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using OrderKernel.Adapters.Csv.Profiles;
using OrderKernel.Adapters.Dmn;
using OrderKernel.Adapters.Sql;
using OrderKernel.Desk;
using OrderKernel.Testing;
using Xunit;

namespace OrderKernel.Embedding.Tests;

/// <summary>The public API can be called from C# 7.3, the compiler of most plug-in projects.</summary>
public class OldCompilerTests
{
    public static TheoryData<Type> Assemblies =>
        new(typeof(OrderDesk), typeof(SqliteStore), typeof(ImportProfile), typeof(DmnModel), typeof(KernelLaws));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void WhatOnlyAnInitializerSets_AConstructorSetsToo(Type anchor)
    {
        var unreachable = Types(anchor).Where(type => !type.IsAbstract).SelectMany(type => type.GetProperties()
            .Where(property => property.DeclaringType == type && IsInitOnly(property))
            .Where(property => !type.GetConstructors().Any(maker => maker.GetParameters()
                .Any(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase))))
            .Select(property => $"{type.FullName}.{property.Name}"));
        Assert.Empty(unreachable);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void NothingIsRequired_OrStaticAndAbstract_OrGivenByAnInterface(Type anchor)
    {
        var newer = Types(anchor).SelectMany(type => type.GetMembers().Where(member => member.DeclaringType == type)
            .Where(member => member.IsDefined(typeof(RequiredMemberAttribute), false) || IsNewerInterfaceMember(type, member))
            .Select(member => $"{type.FullName}.{member.Name}"));
        Assert.Empty(newer);
    }

    private static IEnumerable<Type> Types(Type anchor) => anchor.Assembly.GetExportedTypes();

    private static bool IsInitOnly(PropertyInfo property) => property.SetMethod is { IsPublic: true } setter
        && setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static bool IsNewerInterfaceMember(Type type, MemberInfo member) =>
        type.IsInterface && member is MethodInfo method && (method.IsStatic || !method.IsAbstract);
}
