// A small picture for each of the 22 main classes.

import {
  BookOpen,
  Brain,
  Coins,
  Cog,
  Feather,
  GraduationCap,
  Flag,
  HeartPulse,
  Hourglass,
  Languages,
  Leaf,
  Library,
  Lightbulb,
  Palette,
  Recycle,
  Rocket,
  Scale,
  Shield,
  Sigma,
  Telescope,
  TrainFront,
  Users,
  Wheat,
} from '@lucide/vue'
import type { Component } from 'vue'

const icons: Record<string, Component> = {
  A: Flag,
  B: Brain,
  C: Users,
  D: Scale,
  E: Shield,
  F: Coins,
  G: GraduationCap,
  H: Languages,
  I: Feather,
  J: Palette,
  K: Hourglass,
  N: Lightbulb,
  O: Sigma,
  P: Telescope,
  Q: Leaf,
  R: HeartPulse,
  S: Wheat,
  T: Cog,
  U: TrainFront,
  V: Rocket,
  X: Recycle,
  Z: Library,
}

export function classIcon(prefix: string): Component {
  return icons[prefix.slice(0, 1)] ?? BookOpen
}
