"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "#client/trpc.ts";

export const useSignUp = () => useMutation(useTRPC().accounts.signUp.mutationOptions());
export const useUpdateProfile = () => useMutation(useTRPC().accounts.updateProfile.mutationOptions());
export const useChangePassword = () => useMutation(useTRPC().accounts.changePassword.mutationOptions());
