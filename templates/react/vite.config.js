import { realpathSync } from 'node:fs'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react(), tailwindcss()],
  // node_modules may be a read-only link to a folder shared by many projects: nothing is written there.
  cacheDir: '.vite',
  server: {
    host: '0.0.0.0',
    port: 5173,
    strictPort: true,
    // The preview is reached through a proxy whose host name is not known here.
    allowedHosts: true,
    // Files are replaced by a rename when they are saved, at times twice in a moment: events of the system miss the second.
    watch: { usePolling: true, interval: 120 },
    fs: { allow: ['.', realpathSync('node_modules')] },
  },
  optimizeDeps: {
    include: ['react', 'react-dom', 'react-dom/client', 'react/jsx-runtime', 'react/jsx-dev-runtime'],
  },
})
